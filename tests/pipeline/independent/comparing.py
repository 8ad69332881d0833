"""The independent count held against `marts.indicator_value`, cell by cell.

Belongs here: counting all of a network, reading the served values, what differs, and how that is told.
Does not belong here: any definition.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import psycopg
from pipeline.independent import (
    agreement,
    collaboration,
    development,
    institutionalisation,
    log_themes,
    ownership,
    process,
    support,
)
from pipeline.independent.clocks import Counted, Key, values, with_stated
from pipeline.independent.site import network

FAMILIES = (
    collaboration,
    development,
    agreement,
    support,
    process,
    ownership,
    institutionalisation,
    log_themes,
)
INDICATORS = (
    *(f"C{n}" for n in range(1, 6)),
    *(f"U{n}" for n in range(1, 6)),
    *(f"A{n}" for n in range(1, 7)),
    *(f"S{n}" for n in range(1, 5)),
    *(f"P{n}" for n in range(1, 6)),
    *(f"E{n}" for n in range(1, 6)),
    *(f"I{n}" for n in range(1, 6)),
    *(f"L{n}" for n in range(1, 4)),
)
SHOWN_DIFFERENCES = 20
CARRY_A_NUMBER = ("observed", "stated_zero", "provisional")
SAME_TO = Decimal("0.000001")


def count(paths: Iterable[Path], registers: Path, as_of: dt.date) -> dict[Key, Counted]:
    """Every value of a network, from its files."""
    made: dict[Key, Counted] = {}
    for site in network(paths, registers, as_of).sites.values():
        parts = [part for family in FAMILIES for part in family.parts(site)]
        made |= with_stated(site, values(site, parts))
    return made


def served(url: str) -> dict[Key, Counted]:
    """The same values as the warehouse counts them before the gate, in the definitions in force."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select value.school_id, value.partnership_id, value.indicator_id, value.slice,"
            " value.period_type, value.period,"
            " value.numerator, value.denominator, value.status from marts.indicator_value as value"
            " inner join marts.indicator as indicator using (indicator_id, definition_version)"
            " where indicator.is_current and value.unit_level = 'school'"
        ).fetchall()
    made = {}
    for school, partnership, indicator, names, clock, period, top, bottom, status in rows:
        names = {"assessor" if k == "assessed_by" else k: v for k, v in names.items()}
        known = status in CARRY_A_NUMBER
        shown = Counted(top if known else None, bottom if known else None, status)
        made[school, partnership, indicator, json.dumps(names, sort_keys=True), clock, period] = shown
    return made


@dataclass(frozen=True)
class Difference:
    """One cell that is told in two ways; None where one side has no such row."""

    key: Key
    counted: Counted | None
    served: Counted | None

    @property
    def kind(self) -> str:
        if self.counted is None:
            return "only served"
        if self.served is None:
            return "not served"
        if self.counted.status == self.served.status:
            return "number"
        return "status" if (self.counted.top is None) == (self.served.top is None) else "number or none"

    def __str__(self) -> str:
        school, partnership, indicator, names, clock, period = self.key
        where = f"{indicator} {names} {school} {partnership} {clock} {period}"
        return f"{where}: counted {self.counted or 'nothing'}, served {self.served or 'nothing'}"


def differences(counted: dict[Key, Counted], there: dict[Key, Counted]) -> list[Difference]:
    """Cells that differ. A row that is there on one side only differs where it carries a number."""
    found = []
    for key in sorted(counted.keys() | there.keys()):
        mine, theirs = counted.get(key), there.get(key)
        if mine is None or theirs is None:
            one = mine or theirs
            if one is not None and one.top is not None:
                found.append(Difference(key, mine, theirs))
        elif not _same(mine, theirs):
            found.append(Difference(key, mine, theirs))
    return found


def _same(mine: Counted, theirs: Counted) -> bool:
    def near(a: Decimal | None, b: Decimal | None) -> bool:
        return a is b if a is None or b is None else abs(a - b) < SAME_TO

    return mine.status == theirs.status and near(mine.top, theirs.top) and near(mine.bottom, theirs.bottom)


def table(counted: dict[Key, Counted], found: list[Difference]) -> str:
    """Cells counted and cells that differ, per indicator and status."""
    lines = [f"{'':6}{'cells':>8}{'differ':>8}  by status as counted / kind"]
    for indicator in INDICATORS:
        cells = sum(k[2] == indicator for k in counted)
        own = [d for d in found if d.key[2] == indicator]
        kinds = Counter(f"{d.counted.status if d.counted else 'nothing'}/{d.kind}" for d in own)
        told = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common())
        lines.append(f"{indicator:6}{cells:8}{len(own):8}  {told}")
    return "\n".join(lines)


def told(found: list[Difference], per_indicator: int = SHOWN_DIFFERENCES) -> str:
    """The first differing cells of each indicator, with both numbers."""
    lines: list[str] = []
    for indicator in INDICATORS:
        own = [d for d in found if d.key[2] == indicator]
        lines += [str(d) for d in own[:per_indicator]]
        if len(own) > per_indicator:
            lines.append(f"{indicator}: {len(own) - per_indicator} more")
    return "\n".join(lines)
