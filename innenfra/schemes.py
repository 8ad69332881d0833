"""Grant schemes as dated rows, and the arithmetic of own share.

Belongs here: reading `reference/schemes.toml`, which rule is in force when, what a rule requires of a grant.
Does not belong here: any name, date or rate (the file), what an owner was granted (`grant_year`).

A rule is the one in force on the day of the grant's decision, and counts for the whole of that grant. Where
that day is not known and the rule changed within the budget year, what is required is not known. Where no
source was found for a rule, nothing is required *as far as is known*, and that is not 0.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from innenfra.contracts.words import Words

SOURCE = Path(__file__).parent / "reference" / "schemes.toml"
DATE_KINDS = ("needs", "recommendation", "decision", "report")
OWNERS_KINDS = ("needs", "report")
"""Kinds of days on which it is the owners that hand something in."""
Base = Literal["granted_to_owner", "grant_and_own_share"]
Rounding = Literal["nearest_krone", "krone_up", "krone_down"]
Reason = Literal["known", "no_rule_found", "rule_changes_in_year", "grant_not_known"]
_ROUNDINGS = {"nearest_krone": ROUND_HALF_UP, "krone_up": ROUND_CEILING, "krone_down": ROUND_FLOOR}


@dataclass(frozen=True)
class Scheme:
    """A scheme with its validity; `valid_to` is the first day that no longer counts."""

    code: str
    valid_from: dt.date
    valid_to: dt.date | None
    name: Words
    source: str


@dataclass(frozen=True)
class Office:
    """A county governor's office and the counties, by number, that it is of."""

    name: str
    counties: tuple[str, ...]


@dataclass(frozen=True)
class SchemeDate:
    """A day of a scheme for one county governor's office: of one budget year, or of every year (`every` is
    month and day)."""

    scheme: str
    office: str
    kind: str
    source: str
    budget_year: int | None = None
    on: dt.date | None = None
    every: str | None = None


@dataclass(frozen=True)
class OwnShareRule:
    """What an owner puts in, from the first day of the rule until the first that no longer counts."""

    scheme: str
    valid_from: dt.date
    valid_to: dt.date | None
    rate: Decimal
    base: Base
    rounding: Rounding
    source: str
    note: str = ""

    def requires(self, granted: Decimal) -> Decimal:
        """What the rule asks for beside a grant, in whole kroner."""
        share = granted * self.rate
        if self.base == "grant_and_own_share":
            share = granted * self.rate / (1 - self.rate)
        return share.quantize(Decimal(1), rounding=_ROUNDINGS[self.rounding])


@dataclass(frozen=True)
class Grant:
    """One amount that was granted; the day of its decision where it is known."""

    amount: Decimal | None
    decided_on: dt.date | None = None


@dataclass(frozen=True)
class Required:
    """What is required, or why that is not known; the rules that it follows from."""

    amount: Decimal | None
    reason: Reason
    rules: tuple[OwnShareRule, ...] = ()


@dataclass(frozen=True)
class Schemes:
    """All schemes with their dates and rules."""

    schemes: tuple[Scheme, ...]
    dates: tuple[SchemeDate, ...]
    rules: tuple[OwnShareRule, ...]
    offices: tuple[Office, ...] = ()

    def list_offices(self, counties: Iterable[str]) -> list[Office]:
        """The offices of some counties, as far as they are known."""
        wanted = set(counties)
        return [office for office in self.offices if wanted & set(office.counties)]

    def find(self, code: str) -> Scheme | None:
        """The scheme of a code."""
        return next((scheme for scheme in self.schemes if scheme.code == code), None)

    def of_budget_year(self, year: int) -> tuple[Scheme, ...]:
        """Schemes in force on some day of a budget year, the oldest first."""
        first, after = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        return tuple(s for s in self.schemes if _meets(s.valid_from, s.valid_to, first, after))

    def find_date(self, scheme: str, office: str, year: int, kind: str) -> SchemeDate | None:
        """The day of a kind for a county governor's office and a budget year; None where no source was
        found. What is told of that very year goes before what is told of every year."""
        told = [d for d in self.dates if (d.scheme, d.office, d.kind) == (scheme, office, kind)]
        return next(
            (d for d in told if d.budget_year == year),
            next((_in_year(d, year) for d in told if d.every), None),
        )

    def find_deadline(self, counties: Iterable[str], today: dt.date) -> SchemeDate | None:
        """The next day on which owners in some counties hand something in; None where no source was found."""
        years = (today.year - 1, today.year, today.year + 1)
        found = [
            date
            for office in self.list_offices(counties)
            for year in years
            for scheme in self.of_budget_year(year)
            for kind in OWNERS_KINDS
            if (date := self.find_date(scheme.code, office.name, year, kind)) and date.on and date.on >= today
        ]
        return min(found, key=lambda date: (date.on, date.office, date.kind), default=None)

    def require(self, scheme: str, year: int, grants: Sequence[Grant]) -> Required:
        """The own share of one owner in one scheme and budget year."""
        return require(self.rules, scheme, year, grants)


def require(rules: Iterable[OwnShareRule], scheme: str, year: int, grants: Sequence[Grant]) -> Required:
    """What the dated rules of a scheme ask for beside the grants of one budget year."""
    if not grants or any(grant.amount is None for grant in grants):
        return Required(None, "grant_not_known")
    of_scheme = [rule for rule in rules if rule.scheme == scheme]
    total, used = Decimal(0), []
    for grant in grants:
        found = _rules_for(of_scheme, year, grant.decided_on)
        if len(found) > 1 or (len(found) == 1 and grant.decided_on is None and not _whole(found[0], year)):
            return Required(None, "rule_changes_in_year", tuple(found))
        if not found:
            return Required(None, "no_rule_found")
        total += found[0].requires(grant.amount or Decimal(0))
        used.append(found[0])
    return Required(total, "known", tuple(dict.fromkeys(used)))


def _rules_for(rules: Sequence[OwnShareRule], year: int, day: dt.date | None) -> list[OwnShareRule]:
    first = day or dt.date(year, 1, 1)
    after = day + dt.timedelta(days=1) if day else dt.date(year + 1, 1, 1)
    return [rule for rule in rules if _meets(rule.valid_from, rule.valid_to, first, after)]


def _whole(rule: OwnShareRule, year: int) -> bool:
    return rule.valid_from <= dt.date(year, 1, 1) and (
        rule.valid_to is None or rule.valid_to >= dt.date(year + 1, 1, 1)
    )


def _meets(valid_from: dt.date, valid_to: dt.date | None, first: dt.date, after: dt.date) -> bool:
    return valid_from < after and (valid_to is None or valid_to > first)


def _in_year(told: SchemeDate, year: int) -> SchemeDate:
    month, day = (int(part) for part in (told.every or "01-01").split("-"))
    # a report is due the year after the one it is of
    of = year + 1 if told.kind == "report" else year
    return SchemeDate(
        told.scheme, told.office, told.kind, told.source, year, dt.date(of, month, day), told.every
    )


def read_schemes(text: str) -> Schemes:
    """Schemes from TOML."""
    found: dict[str, list[dict[str, Any]]] = tomllib.loads(text)
    return Schemes(
        tuple(
            Scheme(
                row["code"], row["valid_from"], row.get("valid_to"),
                Words(row["nb"], row["nn"], row["en"]), row["source"],
            )
            for row in found["scheme"]
        ),
        tuple(SchemeDate(**row) for row in found["date"]),
        tuple(
            OwnShareRule(
                row["scheme"], row["from"], row.get("to"), Decimal(row["rate"]), row["base"],
                row["rounding"], row["source"], row.get("note", ""),
            )
            for row in found["own_share"]
        ),
        tuple(Office(row["name"], tuple(row["counties"])) for row in found.get("office", [])),
    )  # fmt: skip


@cache
def load_schemes() -> Schemes:
    """The schemes that the product ships with."""
    return read_schemes(SOURCE.read_text(encoding="utf-8"))
