"""Vår del: what the institution has committed itself to and done, as plainly as the school's part."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from apps import frame, places
from apps.app_pages.agreement import assessed, differs
from apps.app_pages.development import of_kind, when
from apps.records import (
    HELD,
    Rows,
    Translate,
    begin,
    choose_version,
    commitments_of,
    count,
    day,
    label,
    plain,
)
from apps.view import View
from innenfra.contracts.agreements import COMMITMENT_TYPES, REVIEW_RESULTS


def days_to_mirror(loops: Rows, items: Rows, t: Translate) -> pd.DataFrame:
    """Each held loop: when it ended, when its mirror data were first presented, and the days between."""
    rows = []
    for loop in sorted(
        (x for x in loops if x["status"] in HELD and x["actual_end"]), key=lambda x: x["loop_no"]
    ):
        shown = [
            i["first_presented_on"]
            for i in items
            if i["loop_no"] == loop["loop_no"] and i["first_presented_on"]
        ]
        rows.append(
            {
                t("clock.loop"): loop["loop_no"],
                t("own_part.ended"): day(loop["actual_end"], t),
                t("own_part.presented"): day(min(shown), t) if shown else t("own_part.not_presented"),
                t("own_part.days"): (min(shown) - loop["actual_end"]).days if shown else None,
            }
        )
    return pd.DataFrame(rows)


def median_days(loops: Rows, items: Rows) -> float | None:
    """The middle number of days from a loop's end to its mirror data; None where none were presented."""
    days = []
    for loop in loops:
        shown: list[dt.date] = [
            i["first_presented_on"]
            for i in items
            if i["loop_no"] == loop["loop_no"] and i["first_presented_on"]
        ]
        if loop["status"] in HELD and loop["actual_end"] and shown:
            days.append((min(shown) - loop["actual_end"]).days)
    return float(pd.Series(days).median()) if days else None


def headline(own: Rows, reviews: Rows, year: str | None, days: float | None, t: Translate) -> str:
    """How many of the own commitments are kept by the institution's own word, and how fast mirror data
    come."""
    said = [t("own_part.none")]
    if own and year:
        kept = sum(assessed(one, reviews, year).get("institution") == "kept" for one in own)
        unseen = sum("institution" not in assessed(one, reviews, year) for one in own)
        said = [t("own_part.kept", n=begin(count(kept, t)), all=count(len(own), t), year=year)]
        if unseen:
            said.append(t("own_part.unassessed", n=begin(count(unseen, t))))
    if days is not None:
        said.append(t("own_part.typical", days=f"{days:g}"))
    return " ".join(said)


def recognised(items: Rows, t: Translate) -> str:
    """How many items were recognised, of those that someone was asked about."""
    asked = [i for i in items if i["outcome"]]
    if not asked:
        return t("own_part.nobody_asked")
    return begin(
        t(
            "own_part.recognised",
            n=count(sum(i["outcome"] == "recognised" for i in asked), t),
            partly=count(sum(i["outcome"] == "partly" for i in asked), t),
            not_n=count(sum(i["outcome"] == "not_recognised" for i in asked), t),
            all=len(asked),
            revised=count(sum(i["is_revised"] for i in asked), t),
        )
    )


def kept_table(own: Rows, reviews: Rows, year: str, t: Translate) -> pd.DataFrame:
    """The institution's commitments with its own word and the school's."""
    language = t("code")
    rows = []
    for one in sorted(own, key=lambda c: c["commitment_no"]):
        said = assessed(one, reviews, year)
        rows.append(
            {
                t("agreement.commitment"): label(COMMITMENT_TYPES, one["commitment_type"], language),
                t("own_part.we_say"): label(
                    REVIEW_RESULTS, said.get("institution", "not_assessed"), language
                ),
                t("own_part.school_says"): label(
                    REVIEW_RESULTS, said.get("school", "not_assessed"), language
                ),
                t("agreement.seen"): t("agreement.differently") if differs(said) else "–",
            }
        )
    return pd.DataFrame(rows)


def render(view: View) -> None:
    """The page."""
    t = view.words
    choices = frame.Choices(view)
    place = places.choose_school(view, choices)
    if place is None:
        return
    read = place.records
    reviews, items, loops, notes = read("commitment_review"), read("mirror_item"), read("loop"), read("note")
    years = sorted({r["school_year"] for r in reviews}, reverse=True)
    year = choices.select("aar", t("clock.school_year"), years) if years else None
    version = choose_version(read("agreement"), year)
    agreed = commitments_of(version, read("commitment")) if version else []
    own = [one for one in agreed if one["party"] == "institution"]
    frame.answer(headline(own, reviews, year, median_days(loops, items), t), recognised(items, t))
    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("own_part.commitments"), anchor=False)
        if own and year:
            st.table(kept_table(own, reviews, year, t), hide_index=True)
        else:
            st.markdown(t("own_part.none"))
        publications = of_kind(notes, "publication")
        st.header(t("own_part.publications"), anchor=False)
        for one in publications:
            st.markdown(f"- {plain(one['code'])} ({when(one, t).lower()})")
        if not publications:
            st.markdown(t("own_part.no_publications"))
    with right:
        st.header(t("own_part.to_mirror"), anchor=False)
        table = days_to_mirror(loops, items, t)
        if len(table):
            st.table(table.astype(object).where(table.notna(), "–"), hide_index=True)
        else:
            st.markdown(t("state.not_collected"))
