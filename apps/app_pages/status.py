"""Status: whether what was agreed is kept, beginning with what the school owner itself has promised."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from apps import explain_dialog, frame, owner, sentences
from apps.charts.money import Bar, draw_own_share
from apps.charts.squares import draw_loops
from apps.charts.theme import theme_of
from apps.reader import Rows, as_rows
from apps.records import day, label, plain
from apps.school_choice import name_school
from apps.view import View
from apps.words import Words
from innenfra.contracts.agreements import COMMITMENT_TYPES, REVIEW_RESULTS
from innenfra.grants import Year, read_money, read_needs, sum_years
from innenfra.schemes import load_schemes

YEARS_AT_ONCE = 3
ALL = "alle"
# what is told of all schools together, by indicator and slice
FOLLOWED: tuple[tuple[str, dict[str, str]], ...] = (
    ("C3", {"measure": "arenas"}),
    ("C4", {"measure": "attendance"}),
    ("C1", {}),
    ("A6", {}),
    ("I1", {"plan": "activity_plan"}),
    ("I1", {"plan": "meeting_plan"}),
    ("I2", {"measure": "held"}),
    ("U1", {"measure": "against_plan"}),
)


def render(view: View) -> None:
    """The page."""
    words, reader, choices = view.words, view.reader, frame.Choices(view)
    schools = {
        s["school_id"]: name_school(s) for s in as_rows(reader.list_schools()) if not s["invited_only"]
    }
    rows = reader.list_owner_values()
    years = sorted({row["period"] for row in rows if row["indicator_id"] == "A1"})[-YEARS_AT_ONCE:]
    if not schools or not years:
        frame.answer(words("owner.no_schools"))
        return
    year = choices.segments("skolear", words("owner.year"), years, default=years[-1])
    partnerships = {p["partnership_id"]: str(p["title"]) for p in as_rows(reader.list_partnerships())}
    chosen = ALL
    if len(partnerships) > 1:
        chosen = choices.select(
            "avtale",
            words("owner.partnership"),
            [ALL, *partnerships],
            lambda p: words("owner.all_partnerships") if p == ALL else partnerships[p],
        )
    if chosen != ALL:
        rows = [row for row in rows if row["school_id"] is None or row["partnership_id"] == chosen]
        held = {row["school_id"] for row in rows}
        schools = {school: name for school, name in schools.items() if school in held}
    loops = owner.read_loops(rows, schools, words)
    grants = [one for one in reader.list_grants() if chosen in (ALL, one["partnership_id"])]
    promised = [
        row
        for row in reader.list_owner_commitments()
        if chosen in (ALL, row["partnership_id"]) and row["school_year"] == year
    ]
    agreements = reader.list_all_agreements()
    agreed = owner.find_agreed(agreements, loops, year, schools)
    title = owner.answer_status(loops, year, agreed, words)
    frame.answer(title, _say_below(view, rows, grants, year, schools, loops, len(partnerships), chosen))
    left, right = st.columns([2, 3], gap="large")
    with left:
        _show_promises(promised, year, view)
        _show_money(view, grants)
    with right:
        st.header(words("owner.loops"), anchor=False)
        cells = owner.list_cells(loops, years, schools, agreements, words)
        chart = draw_loops(cells, years, theme_of(view.dark), words)
        frame.show_chart(chart)
        frame.say_careful(owner.say_marks(cells, words))
        frame.show_table(view, chart.columns, chart.rows)
        explained = [
            row
            for row in rows
            if row["school_id"] in schools and row["indicator_id"] == "A1" and row["period"] == year
        ]
        if explained:
            names = [schools[row["school_id"]] for row in explained]
            explain_dialog.draw_button(st.container(), view, explained, names, words("owner.loops"), "status")
    _show_lists(view, rows, year, schools, chosen)
    with frame.next_step(view):
        _offer_next(view, promised)
        counties = {
            one["municipality_no"][:2] for one in as_rows(reader.list_schools()) if one["municipality_no"]
        }
        frame.say_careful(owner.say_deadline(load_schemes(), counties, dt.date.today(), words))
    frame.offer_files(choices, title, chart.columns, chart.rows, chart.spec)


def _say_below(
    view: View,
    rows: Rows,
    grants: Rows,
    year: str,
    schools: dict[str, str],
    loops: list[owner.SchoolYear],
    partnerships_n: int,
    chosen: str,
) -> str:
    """What the answer rests on: the sum in both readings, which schemes, what is left of the year."""
    words = view.words
    told = []
    if chosen == ALL and len(schools) >= owner.FEWEST:
        together = owner.say_sum(rows, "A1", {}, year, words)
        if together:
            told.append(words("owner.together", year=year, text=together))
    told.append(owner.say_open(loops, year, schools, words))
    agreed = owner.find_agreed(view.reader.list_all_agreements(), loops, year, schools)
    told.append(owner.say_no_agreement(schools, agreed, year, words))
    told.append(words("owner.measures"))
    if chosen == ALL and partnerships_n:
        told.append(words("owner.partnerships_n", n=partnerships_n))
    budget_years = (int(year[:4]), int(year[:4]) + 1)
    codes = [one["scheme_code"] for one in grants if one["budget_year"] in budget_years]
    told.append(owner.say_schemes(load_schemes(), codes, year, words))
    return " ".join(filter(None, told))


def _show_promises(rows: Rows, year: str, view: View) -> None:
    words = view.words
    st.header(words("owner.promised"), anchor=False)
    promises = _promises(rows, year, view)
    if not promises:
        st.markdown(words("owner.no_promises", year=year))
        return
    frame.draw_table(
        (words("owner.commitment"), words("owner.we_say"), words("owner.they_say")),
        [
            (COMMITMENT_TYPES.labels[one.kind][view.language], one.owner_says, one.others_say)
            for one in promises
        ],
    )
    frame.say_careful(owner.say_unfinished(promises, words))


def _promises(rows: Rows, year: str, view: View) -> list[owner.Promise]:
    return owner.read_promises(
        rows, year, view.words, lambda result: REVIEW_RESULTS.labels[result][view.language].lower()
    )


def _show_money(view: View, grants: Rows) -> None:
    words, schemes = view.words, load_schemes()
    st.header(words("owner.money"), anchor=False)
    money = read_money(grants, schemes)
    if not money:
        st.markdown(words("owner.no_grants"))
    else:
        years = sum_years(money, schemes)
        chart = draw_own_share(
            [_bar(one, words) for one in years],
            (words("owner.money.year"), words("owner.axis")),
            theme_of(view.dark),
            words,
        )
        frame.show_chart(chart)
        frame.say_careful(_say_schemes_of(years, words))
        frame.say_careful(owner.say_followed(money, grants, view.scope.unit, words))
    frame.link_to(view, "grants", words("owner.to_grants"))


def _bar(one: Year, words: Words) -> Bar:
    delivered = None if one.delivered is None else float(one.delivered) / 1000
    required = None if one.required.amount is None else float(one.required.amount) / 1000
    said = words("owner.not_known") if delivered is None else f"{delivered:.0f}"
    text = (
        words("owner.bar_unknown", delivered=said)
        if required is None
        else words("owner.bar", delivered=said, required=f"{required:.0f}")
    )
    return Bar(str(one.year), delivered, required, text)


def _say_schemes_of(years: list[Year], words: Words) -> str:
    """Which years belong to which scheme; schemes are never added together."""
    schemes = load_schemes()
    told = []
    for code in dict.fromkeys(one.scheme for one in years):
        of = [one.year for one in years if one.scheme == code]
        span = str(of[0]) if len(of) == 1 else f"{of[0]}–{of[-1]}"
        told.append(f"{span}: {owner.name_scheme(code, schemes, words)}.")
    return words("owner.money_careful") + " " + " ".join(told)


def _show_lists(view: View, rows: Rows, year: str, schools: dict[str, str], chosen: str) -> None:
    first, second, third = st.columns(3, gap="large")
    # only a school with an agreement can say what it needs of it; the report counts of the same
    loops = owner.read_loops(rows, schools, view.words)
    with first:
        _show_needs(view, year, owner.find_agreed(view.reader.list_all_agreements(), loops, year, schools))
    with second:
        _show_sums(view, rows, year, schools, chosen)
    with third:
        _show_amendments(view, schools)


def _show_needs(view: View, year: str, schools: dict[str, str]) -> None:
    words = view.words
    st.header(words("owner.needs"), anchor=False)
    needs = read_needs(view.reader.list_needs(), year, schools)
    for need in needs:
        called = label(COMMITMENT_TYPES, need.kind, view.language).lower()
        st.markdown(f"**{owner.say_need(need, schools, called, words)}**")
        if need.words:
            st.markdown("\n".join(f"- {plain(school)}: «{plain(text)}»" for school, text in need.words))
    frame.say_careful(words("owner.needs_careful") if needs else words("owner.no_needs", year=year))


def _show_sums(view: View, rows: Rows, year: str, schools: dict[str, str], chosen: str) -> None:
    words = view.words
    st.header(words("owner.followed"), anchor=False)
    if len(schools) < owner.FEWEST or chosen != ALL:
        st.markdown(words("owner.few" if len(schools) < owner.FEWEST else "owner.of_all_only"))
        return
    told, closed, lacking = tell_sums(view, rows, FOLLOWED, year)
    for name, text, _ in told:
        st.markdown(f"**{name}:** {text}")
    frame.say_careful(owner.say_coverage_of_all([coverage for *_, coverage in told], words))
    say_closed(view, closed)
    frame.say_missing(view, lacking)


def tell_sums(
    view: View, rows: Rows, followed: tuple[tuple[str, dict[str, str]], ...], year: str
) -> tuple[list[tuple[str, str, str]], list[str], list[str]]:
    """Sums of the unit by name: those that are told with what they rest on (beside the sum where not all rest
    on the same), names of those that are closed to the reader, and names of those that there are none of."""
    labelled = sentences.Labels(as_rows(view.reader.list_measures()), view.language)
    closed_totals = view.reader.list_closed_totals()
    told, closed, lacking = [], [], []
    for indicator, cut in followed:
        name = labelled.of(indicator, cut)
        text, coverage = owner.read_sum(rows, indicator, cut, year, view.words)
        if text:
            told.append((name, text, coverage))
        elif owner.is_closed(closed_totals, indicator, cut, year):
            closed.append(name)
        else:
            lacking.append(name)
    if len({coverage for *_, coverage in told}) > 1:
        told = [(name, f"{text} ({coverage})", coverage) for name, text, coverage in told]
    return told, closed, lacking


def say_closed(view: View, names: list[str]) -> None:
    """Sums that the release has and this reader may not know, in one line, and why."""
    if names:
        frame.say_careful(view.words("owner.closed", names=", ".join(names)))


def _show_amendments(view: View, schools: dict[str, str]) -> None:
    words = view.words
    st.header(words("owner.amended"), anchor=False)
    amended = [
        a for a in view.reader.list_all_agreements() if a["is_amendment"] and a["school_id"] in schools
    ]
    for one in sorted(amended, key=lambda a: a["valid_from"], reverse=True):
        basis = (
            words("amendment.basis", basis=plain(one["change_basis_ref"]))
            if one["change_basis_ref"]
            else words("amendment.no_basis")
        )
        st.markdown(
            words(
                "owner.amendment",
                school=plain(schools[one["school_id"]]),
                date=day(one["valid_from"], words),
                reason=words(f"change.{one['change_reason']}"),
                basis=basis,
            )
        )
    if not amended:
        st.markdown(words("owner.none_amended"))


def _offer_next(view: View, promised: Rows) -> None:
    """What the owner has yet to assess; else the report."""
    words = view.words
    waiting = [row for row in promised if row["owner_is_party"] and row["owner_says"] not in owner.REVIEWED]
    if waiting:
        st.markdown(words("owner.next.assess", n=len(waiting)), width="stretch")
        frame.link_to(view, "agreement", words("owner.next.to_agreement"), valgt=waiting[0]["school_id"])
        return
    st.markdown(words("owner.next.report"), width="stretch")
    frame.link_to(view, "report", words("owner.next.to_report"))
