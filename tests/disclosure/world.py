"""An invented network for the gate: schools, places that cross, and answers of people, put where the gate
reads them.

Belongs here: the world of the tests beside it. Its sizes follow the prototype that the policy was chosen on:
300 schools in 60 municipalities and 8 counties, five universities, 15 per cent of schools with another
university than their municipality's, a median of 13 people.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import psycopg

SCHOOLS, MUNICIPALITIES, COUNTIES, UNIVERSITIES = 300, 60, 8, 5
YEARS = tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(2015, 2025))
INDICATORS = tuple(f"X{n:02d}" for n in range(1, 13))


@dataclass(frozen=True)
class Place:
    """Where a school is, and with whom."""

    school_id: str
    municipality: str
    university: str


@dataclass
class Answer:
    """x of n people at one school, one indicator, one year."""

    place: Place
    indicator: str
    school_year: str
    x: int
    n: int
    slice: str = "{}"


def places(chance: random.Random) -> list[Place]:
    made = []
    for number in range(SCHOOLS):
        municipality = chance.randrange(MUNICIPALITIES)
        usual = municipality % UNIVERSITIES
        university = usual if chance.random() > 0.15 else chance.randrange(UNIVERSITIES)
        made.append(
            Place(
                f"{900000000 + number}",
                f"{municipality % COUNTIES + 10:02d}{municipality:02d}",
                f"U{university}",
            )
        )
    return made


def answers(chance: random.Random, where: list[Place]) -> list[Answer]:
    made = []
    for place in where:
        staff = min(60, max(3, round(chance.lognormvariate(2.75, 0.65))))
        for indicator in INDICATORS:
            share = chance.betavariate(3, 3)
            for year in YEARS:
                n = sum(chance.random() < 0.8 for _ in range(staff))
                if n:
                    made.append(
                        Answer(place, indicator, year, sum(chance.random() < share for _ in range(n)), n)
                    )
    return made


def write_places(connection: psycopg.Connection, where: list[Place]) -> None:
    connection.execute(
        "truncate register.school, register.partnership, register.partnership_school,"
        " register.partnership_party"
    )
    with connection.cursor() as cursor:
        with cursor.copy(
            "copy register.school (school_id, valid_from, name, owner_id, municipality_no, school_code) from"
            " stdin"
        ) as copy:
            for place in where:
                copy.write_row(
                    (
                        place.school_id,
                        "2010-01-01",
                        f"Skole {place.school_id}",
                        f"O{place.municipality}",
                        place.municipality,
                        place.school_id[-4:],
                    )
                )
        for university in sorted({p.university for p in where}):
            cursor.execute(
                "insert into register.partnership (partnership_id, title, status) values (%s, %s, 'running')",
                (university, university),
            )
            cursor.execute(
                "insert into register.partnership_party (partnership_id, party_id, party_type, valid_from)"
                " values (%s, %s, 'institution', '2010-01-01')",
                (university, university),
            )
        for place in where:
            cursor.execute(
                "insert into register.partnership_school (partnership_id, school_id, invited, accepted)"
                " values (%s, %s, true, true)",
                (place.university, place.school_id),
            )
        cursor.execute("truncate intermediate.int_school_year")
        with cursor.copy(
            "copy intermediate.int_school_year (school_id, partnership_id, school_year) from stdin"
        ) as copy:
            for place in where:
                for year in YEARS:
                    copy.write_row((place.school_id, place.university, year))
        cursor.execute("delete from marts.indicator_measure where indicator_id like 'X%'")
        for indicator in INDICATORS:
            write_measure(connection, indicator)


def write_measure(connection: psycopg.Connection, indicator: str, split_by: str | None = None) -> None:
    """A measure of people's answers that the catalogue does not have."""
    connection.execute(
        "insert into marts.indicator_measure (indicator_id, definition_version, slice, comparability_class,"
        " disclosure, counted_per, unit, needs, split_by) values (%s, 1, '{}', 'K1', 'respondents',"
        " 'school_year', 'share', 'log_counts', %s)",
        (indicator, split_by),
    )


_COLUMNS = (
    "unit_level, unit_id, school_id, partnership_id, indicator_id, definition_version, period_type, period,"
    " slice, numerator, denominator, value, unit, n_respondents, coverage_observed, coverage_expected,"
    " status, bound, break_before, comparability, is_stated, comparability_class, disclosure, school_year"
)


def write_answers(connection: psycopg.Connection, said: list[Answer]) -> None:
    connection.execute("truncate marts.indicator_value")
    with connection.cursor().copy(f"copy marts.indicator_value ({_COLUMNS}) from stdin".encode()) as copy:
        for one in said:
            school = one.place.school_id
            copy.write_row(
                (
                    "school",
                    school,
                    school,
                    one.place.university,
                    one.indicator,
                    1,
                    "school_year",
                    one.school_year,
                    one.slice,
                    one.x,
                    one.n,
                    one.x / one.n,
                    "share",
                    one.n,
                    1,
                    1,
                    "observed" if one.x else "stated_zero",
                    "=",
                    False,
                    "comparable",
                    False,
                    "K1",
                    "respondents",
                    one.school_year,
                )
            )
    connection.execute("analyze marts.indicator_value")
