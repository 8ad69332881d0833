"""Fylket: sums over the owners of a county, how much they rest on first, and no school by itself."""

from __future__ import annotations

import json

import streamlit as st

from apps import frame, owner, sentences
from apps.app_pages.status import FOLLOWED
from apps.reader import Rows
from apps.view import View


def render(view: View) -> None:
    """The page."""
    words, choices = view.words, frame.Choices(view)
    rows = view.reader.list_owner_values()
    years = sorted({row["period"] for row in rows})
    if not years:
        frame.answer(words("county.none"))
        return
    year = choices.segments("skolear", words("owner.year"), years[-4:], default=years[-1])
    seen, expected = _coverage(rows, year)
    frame.answer(
        words("county.answer", n=seen, all=expected, year=year)
        if expected
        else words("county.none_year", year=year),
        words("county.below"),
    )
    labelled = sentences.Labels(view.reader.list_measures().to_dict("records"), view.language)
    told, lacking = [], []
    for indicator, cut in (("A1", {}), *FOLLOWED):
        text = owner.say_sum(rows, indicator, cut, year, words)
        label = labelled.of(indicator, cut)
        if text:
            told.append((label, text))
        else:
            lacking.append(label)
    columns = (words("county.what"), words("county.sum"))
    if told:
        frame.draw_table(columns, told)
    frame.say_missing(view, lacking)
    st.subheader(words("county.who"), anchor=False)
    st.markdown(
        owner.say_providers(view.reader.list_provider_shares(), year, words) or words("county.few_schools")
    )
    frame.offer_files(choices, words("page.county"), columns, told)


def _coverage(rows: Rows, year: str) -> tuple[int, int]:
    """Of how many of the county's partner schools there is a number of loops against the agreement, in the
    county as it was."""
    for row in rows:
        is_asked = (row["indicator_id"], row["period"]) == ("A1", year)
        is_of_then = json.loads(row["slice"]) in ({}, {"structure": "as_it_was"})
        if is_asked and is_of_then and row["coverage_expected"] is not None:
            return int(row["coverage_observed"] or 0), int(row["coverage_expected"])
    return 0, 0
