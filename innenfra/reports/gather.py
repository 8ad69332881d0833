"""What a report is made from: everything asked in one transaction, as the person who reads.

Belongs here: the questions. Does not belong here: who may see what (the row policies decide), what is said
(`sections.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from innenfra.contracts.words import Words
from innenfra.database.acting import Actor
from innenfra.database.statements import read_sql
from innenfra.errors import UserError
from innenfra.reports.model import Kind

Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """Rows of `published` and `dialogue` as one person sees them."""

    release: int
    released_on: str
    """The day as ISO has it."""
    unit_name: str
    schools: Sequence[Row]
    partnerships: Sequence[Row]
    agreements: Sequence[Row]
    commitments: Sequence[Row]
    values: Sequence[Row]
    measures: Sequence[Row]
    indicators: Sequence[Row]
    voices: Sequence[Row]
    items: Sequence[Row]
    """Items of mirror data of the loop, where the report is of one."""

    decisions: Sequence[Row]
    """What is tried after it, also what was decided since the release."""
    words: Mapping[str, str]
    """Own words by section."""

    grants: Sequence[Row] = ()
    """What is told of the owner's grants, and of those of owners that it followed."""

    needs: Sequence[Row] = ()
    """What the schools say that they need."""

    def name(self, school_id: str) -> str:
        """What a school is called: its code and its name."""
        return next(
            (f"{s['school_code']} {s['name']}" for s in self.schools if s["school_id"] == school_id),
            school_id,
        )


def clocks_and_periods(kind: Kind, period: str) -> tuple[list[str], list[str]]:
    """By which clocks, and of which periods, a report tells values; a budget year has three school years, the
    last of which ends in it."""
    if kind == "mirror":
        return ["loop"], [period]
    if kind == "yearly":
        return ["school_year"], [period]
    return ["school_year"], school_years(period)


def school_years(budget_year: str) -> list[str]:
    """The school years that a report on a budget year tells of."""
    last = int(budget_year)
    return [f"{year - 1}/{year % 100:02d}" for year in (last - 2, last - 1, last)]


def gather(connection: psycopg.Connection, actor: Actor, kind: Kind, unit: str, period: str) -> Facts:
    """The facts of one report, in the transaction of somebody (`innenfra.database.acting`)."""
    with connection.cursor(row_factory=dict_row) as cursor:

        def ask(query: str, **parameters: Any) -> list[Row]:
            own = actor.role == "school"
            query = query.replace(
                "published.seen_value",
                "published.school_indicator_value" if own else "published.indicator_value",
            )
            return cursor.execute(query.encode(), parameters or None).fetchall()

        release = ask(
            "select release_id, to_char(released_at at time zone 'Europe/Oslo', 'YYYY-MM-DD') as day"
            " from published.release where state = 'published' order by release_id desc limit 1"
        )
        if not release:
            raise _nothing()
        schools = select_schools(ask("select * from published.school order by school_code"), kind, unit)
        partnerships = ask("select * from published.partnership order by partnership_id")
        if not schools:
            raise _not_there(unit)
        ids = [school["school_id"] for school in schools]
        clocks, periods = clocks_and_periods(kind, period)
        values = ask(
            read_sql(__file__, "sql/values"),
            schools=ids,
            owner=unit,
            partnership=unit if kind == "yearly" else "",
            clocks=clocks,
            periods=periods,
        )
        of_these = {one for school in schools for one in school["partnership_ids"]}
        of_owner = kind in ("county", "council")
        return Facts(
            release=release[0]["release_id"],
            released_on=release[0]["day"],
            unit_name=_name(kind, unit, schools, partnerships),
            schools=schools,
            partnerships=[p for p in partnerships if p["partnership_id"] in of_these],
            agreements=ask(
                "select * from published.agreement where school_id = any(%(schools)s)"
                " order by school_id, partnership_id, version_no",
                schools=ids,
            ),
            commitments=ask(
                "select * from published.commitment where school_id = any(%(schools)s)"
                " order by school_id, agreement_id, version_no, commitment_no",
                schools=ids,
            ),
            values=values,
            measures=ask(
                "select measure.*, measure.slice::text as slice from published.indicator_measure as measure"
                " inner join published.indicator as indicator using (indicator_id, definition_version)"
                " where indicator.is_current"
            ),
            indicators=ask("select * from published.indicator where is_current order by sort_no"),
            voices=ask(read_sql(__file__, "sql/voices"), schools=ids),
            items=ask(read_sql(__file__, "sql/items"), school=unit, loop=period) if kind == "mirror" else [],
            decisions=_decisions(ask, actor, unit, period) if kind == "mirror" else [],
            words={
                row["section"]: row["words"]
                for row in ask(read_sql(__file__, "sql/words"), kind=kind, unit=unit, period=period)
            },
            grants=(
                ask(
                    "select * from published.grant_year where %(unit)s in (owner_id, owner_today)"
                    " order by budget_year, scheme_code, partnership_id, reported_by_id",
                    unit=unit,
                )
                if of_owner
                else []
            ),
            needs=(
                ask(
                    "select * from published.need where school_id = any(%(schools)s)"
                    " order by school_id, need_type",
                    schools=ids,
                )
                if of_owner
                else []
            ),
        )


def _decisions(ask: Callable[..., list[Row]], actor: Actor, school: str, loop: str) -> list[Row]:
    """What is tried after a loop; the school sees what it decided a moment ago, the others what is
    released."""
    found = ask(read_sql(__file__, "sql/decisions"), school=school, loop=loop)
    if actor.role != "school":
        return found
    known = {one["decision_id"] for one in found}
    new = ask(read_sql(__file__, "sql/new_decisions"), school=school, loop=loop)
    return [*found, *(one for one in new if one["decision_id"] not in known)]


def select_schools(schools: Sequence[Row], kind: Kind, unit: str) -> list[Row]:
    """The schools that a report is about."""
    if kind == "mirror":
        return [school for school in schools if school["school_id"] == unit]
    if kind == "yearly":
        return [school for school in schools if unit in school["partnership_ids"]]
    return [school for school in schools if school["owner_id"] == unit]


def _name(kind: Kind, unit: str, schools: Sequence[Row], partnerships: Sequence[Row]) -> str:
    if kind == "yearly":
        return next((str(p["title"] or unit) for p in partnerships if p["partnership_id"] == unit), unit)
    return str(schools[0]["name"] if kind == "mirror" else schools[0]["owner_name"] or unit)


def _nothing() -> UserError:
    return UserError(
        Words(
            nb="Det er ingen utgivelse å lage rapport av ennå.",
            nn="Det er inga utgjeving å lage rapport av enno.",
            en="There is no release to make a report from yet.",
        )
    )


def _not_there(unit: str) -> UserError:
    return UserError(
        Words(
            nb=f"Rollen ser ingen skoler for {unit}, så det er ingenting å lage rapport av.",
            nn=f"Rolla ser ingen skular for {unit}, så det er ingenting å lage rapport av.",
            en=f"The role sees no schools for {unit}, so there is nothing to make a report from.",
        )
    )
