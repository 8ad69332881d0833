"""Avtalen: what each party has committed itself to, own first, and what each has assessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from apps import frame, mirror_forms, places
from apps.charts.loops import Step, loop_strip, tell_strip
from apps.charts.theme import Chart, theme_of
from apps.records import (
    HELD,
    Row,
    Rows,
    Translate,
    amendments,
    begin,
    choose_version,
    commitments_of,
    count,
    day,
    join,
    label,
    plain,
    plan_of,
    summed,
)
from apps.view import View
from innenfra.contracts.agreements import COMMITMENT_TYPES, PER, REVIEW_RESULTS, UNITS
from innenfra.contracts.spoken import LETTERS
from innenfra.contracts.vocabulary import PARTIES
from innenfra.errors import UserError

PARTY_OF_ROLE = {"school": "school", "university": "institution", "school_owner": "school_owner"}
SECTIONS = ("has_goals", "has_frames", "has_roles", "has_organisation")
NOT_SAID = "not_assessed"


def order_of(parties: Iterable[str], role: str) -> list[str]:
    """The parties with commitments, the reader's own first."""
    own = PARTY_OF_ROLE.get(role, "")
    return sorted(set(parties), key=lambda party: (party != own, PARTIES.codes.index(party)))


def reviews_of(commitment: Row, reviews: Rows, year: str) -> Rows:
    """What was said of a commitment in a school year."""
    return [
        review
        for review in reviews
        if review["school_year"] == year
        and all(review[k] == commitment[k] for k in ("agreement_id", "version_no", "commitment_no"))
    ]


def assessed(commitment: Row, reviews: Rows, year: str) -> dict[str, str]:
    """What each party says of a commitment in a school year; several institutions say what the one says who
    says least."""
    order = ("not_kept", "partly", "changed_by_agreement", "kept", NOT_SAID)
    said: dict[str, str] = {}
    for review in reviews_of(commitment, reviews, year):
        party = review["assessed_by"]
        said[party] = min(said.get(party, NOT_SAID), review["result"], key=order.index)
    return said


def differs(said: dict[str, str]) -> bool:
    """Whether those who have assessed see it differently."""
    return len({result for result in said.values() if result != NOT_SAID}) > 1


def tell_differences(
    commitments: Rows, reviews: Rows, year: str, names: Mapping[str, str], t: Translate
) -> list[str]:
    """Each commitment that those who have assessed see differently: who says what, institutions by name."""
    language = t("code")
    told = []
    for one in sorted(commitments, key=lambda c: c["commitment_no"]):
        if not differs(assessed(one, reviews, year)):
            continue
        said = [
            t(
                "agreement.one_says",
                who=names.get(review["assessed_by_id"] or "")
                or label(PARTIES, review["assessed_by"], language),
                result=label(REVIEW_RESULTS, review["result"], language).lower(),
            )
            for review in sorted(
                reviews_of(one, reviews, year), key=lambda r: PARTIES.codes.index(r["assessed_by"])
            )
            if review["result"] != NOT_SAID
        ]
        told.append(
            t(
                "agreement.difference",
                what=label(COMMITMENT_TYPES, one["commitment_type"], language),
                party=label(PARTIES, one["party"], language).lower(),
                said=join(said, t),
            )
        )
    return told


def count_of_other_versions(version: Row, reviews: Rows, year: str) -> int:
    """How many assessments of a school year are of another version than the one in force at its end."""
    key = (version["agreement_id"], version["version_no"])
    return sum(r["school_year"] == year and (r["agreement_id"], r["version_no"]) != key for r in reviews)


def headline(commitments: Rows, reviews: Rows, year: str | None, role: str, t: Translate) -> str:
    """How many of the own commitments have been assessed by the reader's party, and where the parties
    differ."""
    if not commitments:
        return t("agreement.none")
    own = PARTY_OF_ROLE.get(role, "")
    mine = [one for one in commitments if one["party"] == own]
    if year is None:
        return t("agreement.no_reviews", n=begin(count(len(commitments), t)))
    done = sum(assessed(one, reviews, year).get(own, NOT_SAID) != NOT_SAID for one in mine)
    apart = sum(differs(assessed(one, reviews, year)) for one in commitments)
    if mine:
        said = t("agreement.own_assessed", n=begin(count(done, t)), all=count(len(mine), t), year=year)
    else:
        said = t("agreement.nothing_own", n=begin(count(len(commitments), t)), year=year)
    return said + " " + (t("agreement.differ", n=count(apart, t)) if apart else t("agreement.agree"))


def amount(commitment: Row, t: Translate) -> str:
    """How much was agreed, in words; empty where it was not."""
    if commitment["quantity"] is None or commitment["unit"] == "yes_no":
        return ""
    language = t("code")
    much = f"{float(commitment['quantity']):g}"
    parts = [much, label(UNITS, commitment["unit"], language).lower()]
    if commitment["per"]:
        parts.append(label(PER, commitment["per"], language).lower())
    return " ".join(parts)


def table_of(
    commitments: Rows, reviews: Rows, year: str | None, parties: list[str], t: Translate
) -> pd.DataFrame:
    """The commitments of some parties with what each party says of them."""
    language = t("code")
    who = [party for party in PARTIES.codes if any(r["assessed_by"] == party for r in reviews)]
    rows = []
    for one in sorted(commitments, key=lambda c: (parties.index(c["party"]), c["commitment_no"])):
        said = assessed(one, reviews, year) if year else {}
        row = {
            t("agreement.party"): label(PARTIES, one["party"], language),
            t("agreement.commitment"): label(COMMITMENT_TYPES, one["commitment_type"], language),
            t("agreement.amount"): amount(one, t) or "–",
        }
        for party in who:
            title = t("agreement.says", party=label(PARTIES, party, language))
            row[title] = label(REVIEW_RESULTS, said.get(party, NOT_SAID), language)
        if who:
            row[t("agreement.seen")] = t("agreement.differently") if differs(said) else "–"
        rows.append(row)
    return pd.DataFrame(rows)


def covers(version: Row, t: Translate) -> str:
    """What the agreement states, and what it does not."""
    there = [t(f"agreement.{name}") for name in SECTIONS if version[name] == "yes"]
    missing = [t(f"agreement.{name}") for name in SECTIONS if version[name] != "yes"]
    said = t("agreement.covers", what=join(there, t)) if there else t("agreement.covers_nothing")
    return said + (" " + t("agreement.lacks", what=join(missing, t)) if missing else "")


def plan_steps(loops: Rows) -> list[Step]:
    """Held loops as steps on the plan."""
    held = sorted(
        (x for x in loops if x["status"] in HELD), key=lambda x: (x["partnership_year_no"], x["loop_no"])
    )
    made = []
    for height, loop in enumerate(held, start=1):
        same = [x for x in held if x["partnership_year_no"] == loop["partnership_year_no"]]
        place = (same.index(loop) + 1) / len(same)
        made.append(Step(loop["loop_no"], loop["partnership_year_no"] - 1 + place, height, "held"))
    return made


def render(view: View) -> None:
    """The page."""
    t, role = view.words, view.scope.role
    choices = frame.Choices(view)
    place = places.choose_school(view, choices)
    if place is None:
        return
    read = place.records
    versions, reviews = read("agreement"), read("commitment_review")
    if not versions:
        frame.answer(t("agreement.none"))
        return
    years = sorted(
        {r["school_year"] for r in reviews} | {x["school_year"] for x in read("loop") if x["school_year"]},
        reverse=True,
    )
    told_of = sorted({r["school_year"] for r in reviews}, reverse=True)
    year = (
        choices.select("aar", t("clock.school_year"), years, default=(told_of or years)[0]) if years else None
    )
    # what was agreed for the year, not what is agreed now
    newest = choose_version(versions, None)
    version = choose_version(versions, year)
    assert newest
    assert version
    # an amendment of the plan alone is often delivered without them
    commitments = commitments_of(version, read("commitment")) or read("commitment")
    parties = order_of((c["party"] for c in commitments), role)
    frame.answer(
        headline(commitments, reviews, year, role, t),
        t("agreement.in_force", version=version["version_no"], day=day(version["valid_from"], t))
        + " "
        + covers(version, t),
    )
    parties_now = [p for p in read("party") if p["valid_to"] is None]
    if parties_now:
        names = join(
            (plain(p["name"] or p["party_id"]) for p in sorted(parties_now, key=lambda p: p["party_type"])), t
        )
        frame.say_careful(t("agreement.parties", names=names))
    table = table_of(commitments, reviews, year, parties, t)
    frame.draw_table(list(table.columns), table.to_numpy().tolist())
    if year:
        known = {p["party_id"]: plain(p["name"]) for p in read("party") if p["name"]}
        for sentence in tell_differences(commitments, reviews, year, known, t):
            st.markdown(f"- {sentence}")
        elsewhere = count_of_other_versions(version, reviews, year)
        if elsewhere:
            st.markdown(f":gray[{t('agreement.of_other_versions', n=elsewhere, year=year)}]")
    if year and role in PARTY_OF_ROLE:
        assess(view, place, commitments, year)
    if years:
        show_needs(view, place, years[0])
    st.header(t("agreement.plan"), anchor=False)
    plan = plan_of(newest, read("agreement_plan_year"))
    first = plan_of(min(versions, key=lambda v: v["version_no"]), read("agreement_plan_year"))
    steps = plan_steps(read("loop"))
    theme = theme_of(view.dark)
    chart = loop_strip(steps, summed(plan), summed(first) if first != plan else [], None, theme, t)
    frame.show_chart(Chart(chart, tell_strip(steps, summed(plan), t), (), ()))
    frame.offer_files(
        choices,
        headline(commitments, reviews, year, role, t),
        list(table.columns),
        table.to_numpy().tolist(),
        chart,
    )
    changed = amendments(versions, t)
    for sentence in changed or [t("agreement.unchanged")]:
        st.markdown(sentence)


def say_needs(stated: Rows, t: Translate) -> list[str]:
    """What the school says that it needs, the newest year first, in sentences; what is not needed any more
    says so."""
    newest = {
        (one["school_year"], one["need_type"]): one
        for one in sorted(stated, key=lambda one: one.get("written_at") or one["stated_on"])
    }
    return [
        t(
            "agreement.need_stated" if one.get("still", True) else "agreement.need_taken_back",
            year=year,
            kind=label(COMMITMENT_TYPES, kind, t("code")),
            words=f"«{plain(one['text'])}»" if one["text"] else "",
        ).strip()
        for (year, kind), one in sorted(newest.items(), reverse=True)
    ]


def show_needs(view: View, place: places.Place, newest_year: str) -> None:
    """What the school says that it needs; the school itself states it here."""
    t, language = view.words, view.language
    st.header(t("agreement.need_title"), anchor=False)
    is_own = view.scope.role == "school"
    stated = view.reader.list_written("need", place.school_id) if is_own else place.records("need")
    mine = [one for one in stated if one["partnership_id"] == place.partnership_id]
    for sentence in say_needs(mine, t) or [t("agreement.need_none")]:
        st.markdown(sentence)
    if not is_own:
        return
    mirror_forms.show_hits(t)
    with st.expander(t("agreement.need_save"), key="need"), st.form("need", border=False):
        st.markdown(f":gray[{t('agreement.need_lead')}]")
        year = st.selectbox(t("agreement.need_year"), [newest_year, _year_after(newest_year)])
        kind = st.selectbox(
            t("agreement.need_kind"),
            COMMITMENT_TYPES.codes,
            format_func=lambda code: label(COMMITMENT_TYPES, code, language),
        )
        words = st.text_area(t("agreement.need_words"), max_chars=LETTERS)
        still = st.checkbox(t("agreement.need_still"), value=True)
        if st.form_submit_button(t("agreement.need_save")):
            mirror_forms.write(
                view,
                words,
                lambda text: (
                    "state_need", place.school_id, place.partnership_id, year, kind, text, still,
                ),
            )  # fmt: skip


def _year_after(year: str) -> str:
    first = int(year[:4]) + 1
    return f"{first}/{(first + 1) % 100:02d}"


def assess(view: View, place: places.Place, commitments: Rows, year: str) -> None:
    """Write down what the reader's own party says of a commitment."""
    t, language = view.words, view.language
    own = PARTY_OF_ROLE[view.scope.role]
    written = [
        w for w in view.reader.list_written("commitment_review", place.school_id) if w["school_year"] == year
    ]
    ordered = sorted(commitments, key=lambda c: (c["party"] != own, c["commitment_no"]))
    called = {
        f"{c['agreement_id']}/{c['version_no']}/{c['commitment_no']}": (
            f"{label(PARTIES, c['party'], language)}:"
            f" {label(COMMITMENT_TYPES, c['commitment_type'], language)}"
        )
        for c in ordered
    }
    with st.expander(t("agreement.assess", year=year), key="assess"), st.form("assess", border=False):
        which = st.selectbox(t("agreement.commitment"), list(called), format_func=called.__getitem__)
        said = st.radio(
            t("agreement.assessment"),
            [c for c in REVIEW_RESULTS.codes if c != NOT_SAID],
            format_func=lambda code: label(REVIEW_RESULTS, code, language),
            index=None,
        )
        if st.form_submit_button(t("agreement.save")) and said is not None and which is not None:
            agreement, version, number = which.rsplit("/", 2)
            try:
                view.reader.write(
                    "assess",
                    place.school_id,
                    place.partnership_id,
                    agreement,
                    int(version),
                    int(number),
                    year,
                    said,
                )
                st.rerun()
            except UserError as refusal:
                st.error(refusal.words[language])
    for one in written:
        key = f"{one['agreement_id']}/{one['version_no']}/{one['commitment_no']}"
        if key in called:
            said_of = label(REVIEW_RESULTS, one["result"], language)
            st.markdown(t("agreement.written", what=called[key], result=said_of.lower()))
