"""Fylket: sums over the owners of a county, how much they rest on first, and no school by itself."""

from __future__ import annotations

import streamlit as st

from apps import frame, owner
from apps.app_pages.status import FOLLOWED, say_closed, tell_sums
from apps.view import View
from innenfra.schemes import load_schemes

YEARS_AT_ONCE = 4


def render(view: View) -> None:
    """The page."""
    words, choices = view.words, frame.Choices(view)
    rows = view.reader.list_owner_values()
    years = sorted({row["period"] for row in (*rows, *view.reader.list_closed_totals())})[-YEARS_AT_ONCE:]
    if not years:
        frame.answer(words("county.none"))
        return
    open_years = [year for year in years if owner.say_coverage(rows, year)]
    year = choices.segments("skolear", words("owner.year"), years, default=(open_years or years)[-1])
    coverage = owner.say_coverage(rows, year)
    below = " ".join(
        filter(None, (words("county.below"), owner.say_schemes(load_schemes(), (), year, words)))
    )
    frame.answer(
        words("county.answer", n=coverage[0], all=coverage[1], year=year)
        if coverage
        else words("county.none_year", year=year),
        below,
    )
    told, closed, lacking = tell_sums(view, rows, (("A1", {}), *FOLLOWED), year)
    columns = (words("county.what"), words("county.sum"))
    rows_told = [(name, text) for name, text, _ in told]
    if told:
        frame.draw_table(columns, rows_told)
        frame.say_careful(owner.say_coverage_of_all([one for *_, one in told], words))
    say_closed(view, closed)
    frame.say_missing(view, lacking)
    st.header(words("county.who"), anchor=False)
    st.markdown(
        owner.say_providers(view.reader.list_provider_shares(), year, words) or words("county.few_schools")
    )
    frame.offer_files(choices, words("page.county"), columns, rows_told)
