"""L1–L3 and I4: what the log's answers say, as distributions, before anything is protected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.independent.clocks import Part, of_loop
from pipeline.independent.reading import Row
from pipeline.independent.site import Site

THEMES = {"experience": "L1", "benefit": "L2", "te_participation": "L3", "transfer": "I4"}


def parts(site: Site) -> Iterator[Part]:
    forms = {(r["log_instrument_version_id"], r["item_id"]): r for r in site.reference("log_instruments")}
    answered: dict[str, list[Row]] = {indicator: [] for indicator in THEMES.values()}
    for loop in site.held:
        given: dict[tuple[str, str], dict[str, int]] = {}
        for row in site.said("log_counts"):
            key = (row["log_instrument_version_id"], row["item_id"])
            if row["loop_no"] == loop["loop_no"] and key in forms and row["answer_code"] != "no_answer":
                counts = given.setdefault(key, {})
                counts[row["answer_code"]] = counts.get(row["answer_code"], 0) + row["n"]
        for key, counts in given.items():
            form = forms[key]
            indicator = THEMES.get(form["theme"])
            if indicator is None:
                continue
            answered[indicator].append(loop)
            for answer in str(form["answer_codes"]).split():
                names = {"item": _first_code(forms, form), "answer": answer}
                yield of_loop(site, loop, indicator, counts.get(answer, 0), sum(counts.values()), slice=names)
    for indicator, loops in answered.items():
        yield from _unanswered(site, indicator, loops)


def _first_code(forms: dict[tuple[str, str], Row], form: Row) -> str:
    """An item keeps its first code as long as it means the same."""
    seen: list[Row] = []
    while form not in seen:
        seen.append(form)
        before = forms.get((form["predecessor_version_id"], form["predecessor_item_id"]))
        if form["same_meaning"] != "yes" or before is None:
            break
        form = before
    return str(form["item_id"])


def _unanswered(site: Site, indicator: str, answered: list[Row]) -> Iterator[Part]:
    """Loops and years in which nobody answered anything on the theme: one row without an item."""
    for clock, name in (
        ("loop", "loop_no"),
        ("school_year", "year"),
        ("partnership_year", "partnership_year_no"),
        ("project", "status"),
    ):
        places = {loop[name] if clock != "project" else "all" for loop in answered}
        for loop in site.held:
            if (loop[name] if clock != "project" else "all") not in places:
                gap = site.gap(["log_counts", "log_instruments"], loop["school_year"], loop["loop_no"])
                why = "not_applicable" if gap is None else gap
                yield replace(of_loop(site, loop, indicator, None, why=why), only=clock)
