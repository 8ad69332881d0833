"""A copy of the demonstration in which every number says whose it is.

Belongs here: planting numbers that stand out, and whose eyes they are for. Does not belong here: pages,
browsers.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from innenfra.demo.plants import AWAITING

FIRST = 731_000_000
"""Below every planted number; nothing else in the demonstration is near it."""

LAST = 732_000_000
EACH = 1_000
AWAITED = 731_900_000
WITHHELD = 731_910_000


@dataclass(frozen=True)
class Planted:
    """A database with planted numbers: a thousand for each school's own, and those that must not be seen."""

    url: str
    schools: dict[str, int]
    names: dict[str, str]

    def school_of(self, number: int) -> str:
        """The school that a planted number is of."""
        return next(school for school, first in self.schools.items() if first <= number < first + EACH)


def plant(url: str) -> Planted:
    """Put numbers into a copy of the demonstration.

    Each school's shown numbers become numbers of its own; what waits for a school's leadership, and what is
    withheld
    behind the gate, become numbers that stand nowhere else.
    """
    with psycopg.connect(url) as connection:
        schools = {
            row[0]: FIRST + EACH * number
            for number, row in enumerate(
                connection.execute("select school_id from gate.school order by 1").fetchall()
            )
        }
        names = dict(connection.execute("select school_id, name from gate.school").fetchall())
        assert FIRST + EACH * len(schools) < AWAITED
        number = f"%(first)s + row_number() over (partition by school_id order by cell_key) %% {EACH}"
        for table in ("published.indicator_value", "published.school_indicator_value"):
            for school, first in schools.items():
                connection.execute(
                    f"update {table} as one set numerator = n, value = n, value_below = null, denominator ="
                    f" 9, bound = '=' from (select ctid, {number} as n from {table} where school_id ="
                    " %(school)s and value is not null) as new where one.ctid = new.ctid",
                    {"first": first, "school": school},
                )
        awaited = connection.execute(
            "update published.school_indicator_value as one set numerator = n, value = n from (select"
            " own.ctid, %(first)s + row_number() over (order by own.cell_key) as n from"
            " published.school_indicator_value as own  inner join published.indicator_value as shown using"
            " (cell_key)  where shown.status = 'awaiting_member_check' and shown.unit_level = 'school' and"
            " own.value is not null and own.school_id = %(school)s) as new where one.ctid = new.ctid",
            {"first": AWAITED, "school": AWAITING},
        ).rowcount
        assert 100 < awaited < WITHHELD - AWAITED
        for table in ("marts.indicator_value", "gate.indicator_value", "gate.shown_value"):
            withheld = connection.execute(
                f"update {table} as one set numerator = n, denominator = n, value = n, n_respondents = n from"
                f" (select ctid, %(first)s + row_number() over () as n from {table} where status ="
                " 'suppressed') as new where one.ctid = new.ctid",
                {"first": WITHHELD},
            ).rowcount
            assert 50 < withheld < LAST - WITHHELD, (table, withheld)
    return Planted(url, schools, names)
