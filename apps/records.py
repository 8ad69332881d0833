"""Records in words: labels of their codes, numbers in words, what several pages say of loops and agreements.

Belongs here: pure functions from rows to sentences that more than one page uses. No Streamlit in here.
Does not belong here: asking (`reader.py`), what only one page says (`app_pages`), drawing (`charts`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from apps.dialogue import plain
from innenfra.agreements import find_version
from innenfra.contracts.declare import codes_of
from innenfra.contracts.declare import label as delivered_label
from innenfra.contracts.words import CodeList

__all__ = [
    "HELD",
    "Row",
    "Rows",
    "Translate",
    "amendments",
    "begin",
    "choose_version",
    "commitments_of",
    "count",
    "day",
    "join",
    "label",
    "newest_version",
    "plain",
    "plan_of",
    "summed",
    "told",
]

Row = Mapping[str, Any]
Rows = Sequence[Row]
Translate = Callable[..., str]

HELD = ("completed", "shortened")
IN_WORDS = 12
"""Numbers up to this one are written in words."""


def label(codes: CodeList, code: object, language: str) -> str:
    """What a code is called; a code that the list does not know stands as it is."""
    found = codes.labels.get(str(code))
    return found[language] if found else str(code or "–")


def count(number: int, t: Translate) -> str:
    """A number of things, in words where it is small."""
    return t(f"number.{number}") if 0 <= number <= IN_WORDS else str(number)


def begin(sentence: str) -> str:
    """A sentence with a capital first."""
    return sentence[:1].upper() + sentence[1:]


def join(parts: Iterable[str], t: Translate) -> str:
    """A list in a sentence: a, b og c."""
    listed = list(parts)
    return (
        listed[0]
        if len(listed) == 1
        else t("list.and", first=", ".join(listed[:-1]), last=listed[-1])
        if listed
        else ""
    )


def day(on: dt.date | None, t: Translate) -> str:
    """A day as it is written in a sentence; a dash where it is not known."""
    return t("date.day", day=on.day, month=t(f"month.{on.month}"), year=on.year) if on else "–"


def told(table: sa.Table, names: str, rows: Rows, language: str) -> tuple[list[str], list[list[str]]]:
    """Rows as they were delivered: each column under its own label, each code by its name. A column in which
    nothing is said is left out."""
    said = [name for name in names.split() if any(row[name] is not None for row in rows)]
    cells = [[_cell(table, name, row[name], language) for name in said] for row in rows]
    return [delivered_label(table.c[name])[language] for name in said], cells


def _cell(table: sa.Table, name: str, value: object, language: str) -> str:
    if value is None:
        return "–"
    codes = codes_of(table.c[name])
    if codes:
        return label(codes, value, language)
    return plain(value.strftime("%d.%m.%Y") if isinstance(value, dt.date) else str(value))


def newest_version(agreements: Rows) -> Row | None:
    """The version of the agreement that was made last."""
    return max(agreements, key=lambda one: (one["valid_from"], one["version_no"]), default=None)


def choose_version(agreements: Rows, year: str | None) -> Row | None:
    """The version that a school year is read by; of a year between or after them the one before it, of a year
    before all of them the first. Without a year, the one made last."""
    if year is None:
        return newest_version(agreements)
    begun = [one for one in agreements if one["valid_from"] <= dt.date(int(year[:4]) + 1, 7, 31)]
    first = min(agreements, key=lambda one: (one["valid_from"], one["version_no"]), default=None)
    return find_version(agreements, year) or newest_version(begun) or first


def commitments_of(version: Row, commitments: Rows) -> Rows:
    """The commitments of a version."""
    return [
        one
        for one in commitments
        if (one["agreement_id"], one["version_no"]) == (version["agreement_id"], version["version_no"])
    ]


def plan_of(version: Row | None, plan_years: Rows) -> dict[int, int]:
    """Loops planned by partnership year in a version."""
    if version is None:
        return {}
    return {
        int(one["partnership_year_no"]): int(one["planned_loops"])
        for one in plan_years
        if (one["agreement_id"], one["version_no"]) == (version["agreement_id"], version["version_no"])
    }


def summed(plan: dict[int, int]) -> list[tuple[int, int]]:
    """A plan as the number of loops by the end of each year."""
    made, total = [], 0
    for year in sorted(plan):
        total += plan[year]
        made.append((year, total))
    return made


def amendments(agreements: Rows, t: Translate) -> list[str]:
    """Each change of the agreement in a sentence: when, why, on what basis."""
    return [
        t(
            "amendment.said",
            day=day(one["valid_from"], t),
            reason=t(f"change.{one['change_reason']}"),
            years=_years(one["planned_years"]),
            basis=(
                t("amendment.basis", basis=one["change_basis_ref"])
                if one["change_basis_ref"]
                else t("amendment.no_basis")
            ),
        )
        for one in sorted(agreements, key=lambda one: one["version_no"])
        if one["is_amendment"]
    ]


def _years(years: object) -> str:
    return f"{float(str(years)):g}"
