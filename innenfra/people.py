"""People and their roles: adding, deactivating, listing.

Belongs here: what the command `innenfra people` does. Does not belong here: what a role may see
(`innenfra/database/access.py`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from psycopg.rows import class_row

from innenfra.contracts.access import ROLES, SCOPE_OF_ROLE
from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.errors import UserError

COLUMNS = ("subject", "label", "role", "scope", "valid_from", "valid_to")
"""Columns of a CSV of people; the last two may be left out."""


@dataclass(frozen=True)
class Person:
    """One person with one role. Dates are texts as 2026-08-01, empty where they are open."""

    subject: str
    label: str
    role: str
    scope: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True)
class Listed:
    """One line of the list of people."""

    subject: str
    display_label: str
    active: bool
    role: str | None
    scope_type: str | None
    scope_id: str | None
    valid_from: str | None
    valid_to: str | None


def read_people(path: Path) -> list[Person]:
    """The people of a CSV with the columns COLUMNS, separated by comma or semicolon."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        first = handle.readline()
        handle.seek(0)
        rows = list(csv.DictReader(handle, delimiter=";" if ";" in first else ","))
    missing = [c for c in COLUMNS[:4] if not rows or c not in rows[0]]
    if missing:
        named = ", ".join(missing)
        raise UserError(
            Words(
                nb=f"{path.name}: mangler kolonnen {named}.",
                nn=f"{path.name}: manglar kolonna {named}.",
                en=f"{path.name}: the column {named} is missing.",
            )
        )
    return [Person(**{c: (row.get(c) or "").strip() for c in COLUMNS}) for row in rows]


def add(url: str, people: list[Person]) -> int:
    """Add people and roles; one who is there already becomes active again. Returns the number of new
    roles."""
    for one in people:
        _check(one)
    added = 0
    with connect(url) as connection, connection.transaction():
        for one in people:
            connection.execute(
                "insert into authz.person (subject, display_label) values (%s, %s) on conflict (subject) do"
                " update set display_label = excluded.display_label, active = true",
                (one.subject, one.label),
            )
            scope_type = "all" if one.scope == "all" else SCOPE_OF_ROLE[one.role]
            added += connection.execute(
                "insert into authz.role_grant (subject, role, scope_type, scope_id, valid_from, valid_to)"
                " values (%s, %s, %s, %s, coalesce(%s::date, current_date), %s::date) on conflict do nothing",
                (one.subject, one.role, scope_type, one.scope, one.valid_from or None, one.valid_to or None),
            ).rowcount
    return added


def deactivate(url: str, subject: str) -> None:
    """Take all sight from a person, from the next question on."""
    with connect(url) as connection:
        changed = connection.execute(
            "update authz.person set active = false where subject = %s", (subject,)
        ).rowcount
    if not changed:
        raise UserError(
            Words(
                nb=f"Ingen person heter {subject}. Se `innenfra people list`.",
                nn=f"Ingen person heiter {subject}. Sjå `innenfra people list`.",
                en=f"Nobody is called {subject}. See `innenfra people list`.",
            )
        )


def list_people(url: str) -> list[Listed]:
    """Everybody with their roles, one line per role."""
    with connect(url) as connection, connection.cursor(row_factory=class_row(Listed)) as cursor:
        return cursor.execute(
            "select person.subject, person.display_label, person.active, given.role, given.scope_type,"
            " given.scope_id, given.valid_from::text as valid_from, given.valid_to::text as valid_to from"
            " authz.person as person left join authz.role_grant as given using (subject) order by 1, 4, 6"
        ).fetchall()


def _check(one: Person) -> None:
    if "|" not in one.subject:
        raise UserError(
            Words(
                nb=(
                    f"«{one.subject}» er ikke en innlogging. Skriv utsteder og bruker som"
                    " https://utsteder|bruker."
                ),
                nn=(
                    f"«{one.subject}» er ikkje ei innlogging. Skriv utferdar og brukar som"
                    " https://utferdar|brukar."
                ),
                en=f"“{one.subject}” is not a login. Write issuer and subject as https://issuer|subject.",
            )
        )
    if one.role not in ROLES.codes or not one.scope:
        known = ", ".join(ROLES.codes)
        raise UserError(
            Words(
                nb=f"{one.subject}: rollen må være en av {known}, og den må gjelde noe (--scope).",
                nn=f"{one.subject}: rolla må vere ei av {known}, og ho må gjelde noko (--scope).",
                en=f"{one.subject}: the role must be one of {known}, and it must be for something (--scope).",
            )
        )
    if (one.scope == "all") != (SCOPE_OF_ROLE[one.role] == "all") and one.role != "coder":
        raise UserError(
            Words(
                nb=(
                    f"{one.subject}: rollen {one.role} gis for {SCOPE_OF_ROLE[one.role]}, ikke for"
                    f" «{one.scope}»."
                ),
                nn=(
                    f"{one.subject}: rolla {one.role} blir gjeven for {SCOPE_OF_ROLE[one.role]}, ikkje for"
                    f" «{one.scope}»."
                ),
                en=(
                    f"{one.subject}: the role {one.role} is given for {SCOPE_OF_ROLE[one.role]}, not for"
                    f" “{one.scope}”."
                ),
            )
        )
