"""People of the demonstration and what its schools have seen and said.

Belongs here: one invented person per role and unit, the schools' member checks, and their needs.
Does not belong here: what a role may see.
"""

from __future__ import annotations

import psycopg

from innenfra.counties import name_county
from innenfra.database.access import COUNTIES
from innenfra.database.statements import read_sql
from innenfra.demo import plants
from innenfra.people import Person, add

ISSUER = "demonstration"
"""Issuer of subjects that no login can have."""


def write_people(url: str) -> None:
    """A person for each university, owner, school and county, two coders and an engineer; universities keep
    their history in the demonstration."""
    with psycopg.connect(url) as connection:
        connection.execute("insert into authz.access_policy values (2, 14, true) on conflict do nothing")
        units = connection.execute(
            "select * from (select distinct on (institution_id) 'university', institution_id, name from"
            " register.institution order by institution_id, valid_from desc) as a union all select * from"
            " (select distinct on (owner_id) 'school_owner', owner_id, name from register.school_owner order"
            " by owner_id, valid_from desc) as b union all select * from (select distinct on (school_id)"
            " 'school', school_id, name from register.school order by school_id, valid_from desc) as c"
        ).fetchall()
        counties = connection.execute(COUNTIES.encode()).fetchall()
    people = [Person(f"{ISSUER}|{role}|{unit}", name, role, unit) for role, unit, name in units]
    people += [
        Person(f"{ISSUER}|coder|all", "Koder 1", "coder", "all"),
        Person(f"{ISSUER}|coder|second", "Koder 2", "coder", "all"),
    ]
    people += [
        Person(f"{ISSUER}|county|{county}", name_county(county), "county", county) for (county,) in counties
    ]
    people += [Person(f"{ISSUER}|engineer|all", "Drift", "engineer", "all")]
    add(url, people)


def write_member_checks(url: str) -> None:
    """Before the first release, every school has looked through everything; one has not reached its newest
    year."""
    with psycopg.connect(url) as connection:
        if connection.execute("select 1 from dialogue.member_check limit 1").fetchone():
            return
        connection.execute(
            "insert into dialogue.member_check (school_id, release_id, by_subject, answer) select school_id,"
            " 1, %s || '|school|' || school_id, 'recognised' from gate.school where school_id <> %s order"
            " by 1",
            (ISSUER, plants.AWAITING),
        )
        connection.execute(
            read_sql(__file__, "sql/seen_but_for_the_newest"),
            {"school": plants.AWAITING, "issuer": ISSUER},
        )


NEEDS = (
    (plants.BREAK, "substitute_cover", "Fast vikar i den timen teamet forsker."),
    (plants.MERGED, "substitute_cover", "Vikar som kjenner klassene."),
    (plants.CORRECTED, "substitute_cover", None),
    (plants.RENUMBERED, "team_time", "Felles tid for teamene annenhver uke."),
    (plants.LATE, "team_time", None),
    (plants.TWO_INSTITUTIONS, "substitute_cover", "Vikar når prosesslederne er ute."),
    (plants.TWO_INSTITUTIONS, "input", "Mer om hvordan vi lager hypoteser sammen."),
)
"""What some schools say that they need in the year to come: school, kind, own words."""


def write_needs(url: str) -> None:
    """Before the first release, some schools tell their owner what they need in the year to come."""
    with psycopg.connect(url) as connection:
        if connection.execute("select 1 from dialogue.need limit 1").fetchone():
            return
        connection.cursor().executemany(
            read_sql(__file__, "sql/needs"),
            [
                {"school": school, "kind": kind, "words": words, "issuer": ISSUER}
                for school, kind, words in NEEDS
            ],
        )
