"""Status: whether what was agreed is kept, beginning with what the school owner itself has promised."""

from __future__ import annotations

import streamlit as st

from apps import dialogue, explain_dialog, frame, owner, sentences
from apps.charts.squares import Cell, draw_loops
from apps.charts.theme import theme_of
from apps.reader import Rows, as_rows
from apps.school_choice import name_school
from apps.view import View
from apps.words import Words
from innenfra.contracts.agreements import COMMITMENT_TYPES, REVIEW_RESULTS
from innenfra.schemes import load_schemes

YEARS_AT_ONCE = 3
ALL = "alle"
FOLLOWED: tuple[tuple[str, dict[str, str]], ...] = (
    ("A6", {}), ("C1", {}), ("C3", {"measure": "arenas"}), ("C4", {"measure": "attendance"}),
    ("I1", {"plan": "activity_plan"}), ("I1", {"plan": "meeting_plan"}), ("I2", {"measure": "held"}),
    ("U1", {"measure": "against_plan"}),
)  # fmt: skip
"""What is told of all schools together, by indicator and slice."""


def render(view: View) -> None:
    """The page."""
    words, reader, choices = view.words, view.reader, frame.Choices(view)
    found = [s for s in reader.list_schools().to_dict("records") if not s["invited_only"]]
    schools = {s["school_id"]: name_school(s) for s in found}
    rows = reader.list_owner_values()
    years = sorted({row["period"] for row in rows if row["indicator_id"] == "A1"})[-YEARS_AT_ONCE:]
    if not schools or not years:
        frame.answer(words("owner.no_schools"))
        return
    year = choices.segments("skolear", words("owner.year"), years, default=years[-1])
    partnerships = {one["partnership_id"]: one for one in as_rows(reader.list_partnerships())}
    chosen = ALL
    if len(partnerships) > 1:
        chosen = choices.select(
            "avtale", words("owner.partnership"), [ALL, *partnerships],
            lambda p: words("owner.all_partnerships") if p == ALL else str(partnerships[p]["title"]),
        )  # fmt: skip
    if chosen != ALL:
        rows = [row for row in rows if row["school_id"] is None or row["partnership_id"] == chosen]
        held = {row["school_id"] for row in rows}
        schools = {school: name for school, name in schools.items() if school in held}
    loops = owner.read_loops(rows, schools, words)
    promises = [row for row in reader.list_owner_commitments() if chosen in (ALL, row["partnership_id"])]
    title = owner.answer_status(loops, year, schools, words)
    frame.answer(title, _say_below(rows, year, schools, len(partnerships), chosen, words))
    left, right = st.columns([2, 3], gap="large")
    with left:
        _show_promises(promises, year, view)
        _show_money(view)
    with right:
        st.subheader(words("owner.loops"), anchor=False)
        cells = [
            Cell(schools[one.school], one.year, one.done, one.agreed, one.text)
            for one in loops if one.year in years
        ]  # fmt: skip
        chart = draw_loops(cells, years, theme_of(view.dark), words)
        frame.show_chart(view, chart)
        frame.say_careful(words("owner.careful"))
        frame.show_table(view, chart.columns, chart.rows)
        explained = [row for row in rows if row["school_id"] in schools and row["indicator_id"] == "A1"
                     and row["period"] == year]  # fmt: skip
        if explained:
            explain_dialog.draw_button(
                st.container(), view, explained, [schools[row["school_id"]] for row in explained],
                words("owner.loops"), "status",
            )  # fmt: skip
    _show_lists(view, rows, year, schools, chosen)
    frame.offer_files(choices, title, chart.columns, chart.rows, chart.spec)


def _say_below(
    rows: Rows, year: str, schools: dict[str, str], partnerships_n: int, chosen: str, words: Words
) -> str:
    told = [words("owner.measures")]
    if chosen == ALL and partnerships_n:
        told.insert(0, words("owner.partnerships_n", n=partnerships_n))
    if chosen == ALL and len(schools) >= owner.FEWEST:
        together = owner.say_sum(rows, "A1", {}, year, words)
        if together:
            told.insert(0, words("owner.together", year=year, text=together))
    return " ".join(told)


def _show_promises(rows: Rows, year: str, view: View) -> None:
    words = view.words
    st.subheader(words("owner.promised"), anchor=False)
    promises = owner.read_promises(
        rows, year, words, lambda result: REVIEW_RESULTS.labels[result][view.language].lower()
    )
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


def _show_money(view: View) -> None:
    words, schemes = view.words, load_schemes()
    st.subheader(words("owner.money"), anchor=False)
    money = owner.read_money(view.reader.list_grants(), schemes)
    if not money:
        st.markdown(words("owner.no_grants"))
    else:
        frame.draw_table(
            tuple(
                words(f"owner.money.{name}")
                for name in ("year", "scheme", "granted", "required", "delivered")
            ),
            [row[:5] for row in owner.table_of_money(money, schemes, words)],
        )
    frame.link_to(view, "grants", words("owner.to_grants"))


def _show_lists(view: View, rows: Rows, year: str, schools: dict[str, str], chosen: str) -> None:
    words = view.words
    first, second, third = st.columns(3, gap="large")
    with first:
        st.subheader(words("owner.followed"), anchor=False)
        if len(schools) < owner.FEWEST:
            st.markdown(words("owner.few"))
        elif chosen != ALL:
            st.markdown(words("owner.of_all_only"))
        else:
            labelled = sentences.Labels(view.reader.list_measures().to_dict("records"), view.language)
            lacking = []
            for indicator, cut in FOLLOWED:
                label = labelled.of(indicator, cut)
                text = owner.say_sum(rows, indicator, cut, year, words)
                if text:
                    st.markdown(f"**{label}:** {text}")
                else:
                    lacking.append(label)
            frame.say_missing(view, lacking)
    with second:
        st.subheader(words("owner.said"), anchor=False)
        said = [v for v in view.reader.list_voices() if v["school_id"] in schools and v.get("comment")]
        for voice in said[:5]:
            st.markdown(f"**{schools[voice['school_id']]}:** {dialogue.plain(voice['comment'])}")
        if not said:
            st.markdown(words("owner.nothing_said"))
    with third:
        st.subheader(words("owner.amended"), anchor=False)
        amended = [a for a in view.reader.list_all_agreements()
                   if a["is_amendment"] and a["school_id"] in schools]  # fmt: skip
        for one in amended:
            st.markdown(
                words("owner.amendment", school=schools[one["school_id"]], version=one["version_no"],
                      date=one["valid_from"], reason=words(f"change.{one['change_reason']}"))
            )  # fmt: skip
        if not amended:
            st.markdown(words("owner.none_amended"))
