"""From parts to values: each part counts once on every clock that it knows its place on.

Belongs here: sums, medians, distinct things, and the status of what comes out.
Does not belong here: what a part is (the families).
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.independent.reading import Row, Rows
from pipeline.independent.site import Site

Key = tuple[str, str, str, str, str, str]
"""School, partnership, indicator, slice, kind of period, period."""

Amount = int | Decimal | frozenset[Any] | None
WORST_FIRST = ("not_collected", "insufficient", "suppressed", "not_in_design", "not_applicable")
NUMBER = re.compile(r"[0-9]+")
PERIOD_FORM = {"project": re.compile("all"), "school_year": re.compile(r"20\d\d/\d\d")}
CLOCKS = ("loop", "school_year", "partnership_year", "budget_year", "project")


@dataclass(frozen=True)
class Part:
    """What one loop, meeting or year adds. Sets are things, told once in a period; `open` is still to
    change on every clock."""

    indicator: str
    cut: str
    top: Amount
    bottom: Amount = None
    why: str | None = None
    loop: int | None = None
    year: str | None = None
    partnership_year: int | None = None
    budget_year: int | None = None
    moved: bool = False
    open: bool = False
    how: str = "sum"
    only: str | None = None
    share: bool = True


@dataclass(frozen=True)
class Counted:
    """One value: numbers only where the status carries them."""

    top: Decimal | None
    bottom: Decimal | None
    status: str

    def __str__(self) -> str:
        if self.top is None:
            return self.status
        number = f"{self.top.normalize():f}"
        return f"{number}{'' if self.bottom is None else f'/{self.bottom.normalize():f}'} {self.status}"


def cut(**names: str) -> str:
    return json.dumps(names, sort_keys=True)


def of_loop(
    site: Site,
    loop: Row,
    indicator: str,
    top: Amount,
    bottom: Amount = None,
    why: str | None = None,
    **more: Any,
) -> Part:
    """A part of one loop. Names of the slice are given as `slice={…}`."""
    names = more.pop("slice", {})
    return Part(
        indicator,
        cut(**names),
        top if why is None else None,
        bottom if why is None else None,
        why,
        loop["loop_no"],
        loop["year"],
        loop["partnership_year_no"],
        moved=loop["moved"],
        **more,
    )


def of_year(
    site: Site,
    year: str | None,
    indicator: str,
    top: Amount,
    bottom: Amount = None,
    why: str | None = None,
    **more: Any,
) -> Part:
    """A part of one school year."""
    names = more.pop("slice", {})
    return Part(
        indicator,
        cut(**names),
        top if why is None else None,
        bottom if why is None else None,
        why,
        None,
        year,
        site.partnership_year(year),
        **more,
    )


def share_of(rows: Rows, counted: Iterable[bool]) -> tuple[int, int]:
    return sum(counted), len(rows)


def values(site: Site, parts: Iterable[Part]) -> dict[Key, Counted]:
    """All values of a school in a partnership, by clock."""
    groups: dict[tuple[str, str, str, str], list[Part]] = {}
    for part in parts:
        places = {
            "loop": part.loop,
            "school_year": part.year,
            "partnership_year": part.partnership_year,
            "budget_year": part.budget_year,
            "project": "all",
        }
        for clock, place in places.items():
            if (
                place is not None
                and part.only in (None, clock)
                and (clock != "budget_year" or part.only == clock)
            ):
                groups.setdefault((part.indicator, part.cut, clock, str(place)), []).append(part)
    return {(site.school, site.partnership, *key): _together(key[2], group) for key, group in groups.items()}


def _together(clock: str, group: list[Part]) -> Counted:
    seen = [p for p in group if p.top is not None]
    if not seen:
        reasons = [p.why or "not_collected" for p in group]
        return Counted(None, None, next(w for w in WORST_FIRST if w in reasons))
    top, bottom = _amounts(seen)
    still = any(p.open for p in seen) or (clock == "school_year" and any(p.moved for p in seen))
    if bottom == 0 or (
        seen[0].share and bottom is None and seen[0].how == "sum" and seen[0].bottom is not None
    ):
        return Counted(None, None, "not_applicable")
    return Counted(top, bottom, "provisional" if still else "stated_zero" if top == 0 else "observed")


def _amounts(seen: list[Part]) -> tuple[Decimal, Decimal | None]:
    if isinstance(seen[0].top, frozenset):
        tops = frozenset[Any]().union(*(p.top for p in seen if isinstance(p.top, frozenset)))
        bottoms = [p.bottom for p in seen if isinstance(p.bottom, frozenset)]
        whole = frozenset[Any]().union(*bottoms)
        return Decimal(len(tops & whole if bottoms else tops)), Decimal(len(whole)) if bottoms else None
    if seen[0].how == "median":
        return Decimal(str(statistics.median(Decimal(str(p.top)) for p in seen))), None
    if seen[0].how == "last":
        last = max(seen, key=lambda p: (p.year or "", p.loop or 0))
        return Decimal(str(last.top)), Decimal(str(last.bottom))
    bottoms_n = [Decimal(str(p.bottom)) for p in seen if p.bottom is not None]
    top = sum((Decimal(str(p.top)) for p in seen), Decimal(0))
    return top, sum(bottoms_n, Decimal(0)) if bottoms_n else None


def with_stated(site: Site, counted: dict[Key, Counted]) -> dict[Key, Counted]:
    """A total that somebody states counts only where nothing finer is known."""
    made = dict(counted)
    for row in site.said("stated_totals"):
        if not PERIOD_FORM.get(row["period_type"], NUMBER).fullmatch(str(row["period_value"])):
            continue
        names = dict(pair.split("=") for pair in row["slice"].split(";")) if row["slice"] else {}
        key = (
            site.school,
            site.partnership,
            row["measure"],
            cut(**names),
            row["period_type"],
            str(row["period_value"]),
        )
        if key in made and made[key].top is not None:
            continue
        top, bottom = row["numerator"], row["denominator"]
        if top is None:
            made[key] = Counted(None, None, "not_collected")
        elif bottom == 0:
            made[key] = Counted(None, None, "not_applicable")
        else:
            whole = None if bottom is None else Decimal(bottom)
            made[key] = Counted(Decimal(top), whole, "stated_zero" if top == 0 else "observed")
    return made
