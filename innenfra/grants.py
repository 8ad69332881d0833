"""Grants and needs, from rows to amounts and counts.

Belongs here: whose word on a grant stands, what is added and what is not known, how many schools need what.
Does not belong here: what a scheme requires (`schemes.py`), words (the app, the reports).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from innenfra.schemes import Grant, Required, Schemes

Row = Mapping[str, Any]
OWN_SHARE = ("own_share_time", "own_share_substitutes", "own_share_money")


@dataclass(frozen=True)
class Money:
    """One grant of a budget year, scheme and partnership, as both tell it."""

    owner: str
    year: int
    scheme: str
    partnership: str
    granted: Decimal | None
    decided_on: dt.date | None
    required: Required
    delivered: Decimal | None
    parts: tuple[Decimal | None, ...]
    needs: tuple[Decimal | None, ...]
    differing: tuple[str, ...]


def read_money(rows: Sequence[Row], schemes: Schemes) -> list[Money]:
    """Grants in the order of their years, schemes apart. The owner's own word stands first; what it has not
    told is the institution's; where both tell and differ, it says in which."""
    by_key: dict[tuple[str, int, str, str], list[Row]] = {}
    for row in sorted(rows, key=order_tellers):
        key = (row["owner_id"], int(row["budget_year"]), row["scheme_code"], row["partnership_id"])
        by_key.setdefault(key, []).append(row)
    found = []
    for (owner, year, scheme, partnership), told in sorted(
        by_key.items(), key=lambda one: (one[0][1:], one[0])
    ):
        granted = _told(told, "granted")
        decided_on: dt.date | None = next((r["decided_on"] for r in told if r["decided_on"]), None)
        parts = tuple(_told(told, name) for name in OWN_SHARE)
        known = [part for part in parts if part is not None]
        found.append(
            Money(
                owner,
                year,
                scheme,
                partnership,
                granted,
                decided_on,
                schemes.require(scheme, year, [Grant(granted, decided_on)]),
                sum(known, Decimal(0)) if known else None,
                parts,
                tuple(_told(told, f"needs_year_{number}") for number in (1, 2, 3)),
                tuple(name for name in ("granted", *OWN_SHARE) if _differs(told, name)),
            )
        )
    return found


def order_tellers(row: Row) -> tuple[bool, str]:
    """Sort key of who tells: the owner first, then the institutions by their codes."""
    return row["reported_by"] != "school_owner", row["reported_by_id"]


def _told(told: Sequence[Row], name: str) -> Decimal | None:
    """The owner's word where it has one, else the first institution's."""
    return next((Decimal(row[name]) for row in told if row[name] is not None), None)


def _differs(told: Sequence[Row], name: str) -> bool:
    return len({Decimal(row[name]) for row in told if row[name] is not None}) > 1


@dataclass(frozen=True)
class Year:
    """All grants of one budget year and scheme together; what is not known of one is not known of all."""

    year: int
    scheme: str
    delivered: Decimal | None
    required: Required


def sum_years(money: Sequence[Money], schemes: Schemes) -> list[Year]:
    """Own share by budget year and scheme: partnerships of one scheme together, schemes apart."""
    found = []
    for year, scheme in sorted({(one.year, one.scheme) for one in money}):
        of = [one for one in money if (one.year, one.scheme) == (year, scheme)]
        delivered = [one.delivered for one in of]
        grants = [Grant(one.granted, one.decided_on) for one in of]
        found.append(
            Year(
                year,
                scheme,
                None if None in delivered else sum(filter(None, delivered), Decimal(0)),
                schemes.require(scheme, year, grants),
            )
        )
    return found


@dataclass(frozen=True)
class Need:
    """One kind of need: how many schools state it (none where fewer than three schools are counted), and each
    in its own words."""

    kind: str
    schools_n: int
    words: tuple[tuple[str, str], ...]


def read_needs(rows: Sequence[Row], year: str, schools: Mapping[str, str]) -> list[Need]:
    """Needs of the schools for a year, the kind that most schools state first."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        if row["school_year"] == year and row["school_id"] in schools:
            found.setdefault(row["need_type"], {}).setdefault(row["school_id"], []).extend(
                [row["text"]] if row["text"] else []
            )
    return sorted(
        (
            Need(
                kind,
                len(of),
                tuple((schools[school], text) for school in schools if school in of for text in of[school]),
            )
            for kind, of in found.items()
        ),
        key=lambda need: (-need.schools_n, need.kind),
    )
