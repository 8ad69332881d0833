"""What row-level security costs: the product's own policy on three million values, against a WHERE written by
hand.

Belongs here: the table, the people who ask, what they ask, and the ratio of medians.
Does not belong here: who sees what (`tests/security`), the policies themselves
(`innenfra/database/access.py`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from benchmarks.figure import Figure, Ratio
from innenfra.database.access import READER, RULES
from innenfra.database.statements import read_sql
from innenfra.people import Person, add
from innenfra.settings import Settings

ROWS, SCHOOLS, INDICATORS = 3_000_000, 300, 40
OF_UNIVERSITY, OF_OWNER = 60, 5
REPEATS = 31
WANTED = 1.3
"""At most so many times a WHERE by hand."""

ACTORS = {
    "university": ("university", "bench-u"),
    "owner": ("school_owner", "bench-o"),
    "school": ("school", "800000001"),
}
SUMS = "select school_year, indicator_id, count(*), sum(value) from {table} where {where} group by 1, 2"
COUNT = "select count(*) from {table} where {where}"
ONE_SCHOOL = "select school_year, indicator_id, value from {table} where school_id = '800000001' and {where}"
ASKED = (
    ("university", "sums by year and indicator", SUMS),
    ("owner", "sums by year and indicator", SUMS),
    ("school", "sums by year and indicator", SUMS),
    ("owner", "count of all", COUNT),
    ("school", "one school", ONE_SCHOOL),
)
BY_HAND = """
    (school_id = any({schools}) or school_id is null and unit_level = any({levels})
        or school_id is null and unit_level = 'municipality' and unit_id = any({municipalities})
        or school_id is null and unit_level = 'county' and unit_id = any({counties})
        or school_id is null and unit_level = 'school_owner' and unit_id = any({owners})
        or school_id is null and unit_level = 'institution' and unit_id = any({institutions}))
    and comparability_class = any({classes}) and not indicator_id = any({hidden})
"""
"""What the policy says, with the lists written out."""


def measure(settings: Settings, url: str, folder: Path) -> Sequence[Figure]:
    """Every question by every person, and the worst of them again."""
    fill(url)
    with psycopg.connect(url) as connection:
        found = [_asked(connection, *one) for one in ASKED]
    worst = max(found, key=lambda ratio: ratio.ratio)
    return [
        *found,
        Ratio(
            f"row-level security, the worst: {worst.name}",
            worst.ours,
            worst.theirs,
            WANTED,
            "ms",
            less_is_better=True,
        ),
    ]


def fill(url: str) -> None:
    """The table with the product's own policy, its twin without one, and the people who ask."""
    assert any(rule.relation == "published.indicator_value" and rule.role == READER for rule in RULES)
    add(url, [Person(f"bench|{name}", name, role, scope) for name, (role, scope) in ACTORS.items()])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            read_sql(__file__, "sql/places", of_owner=OF_OWNER, schools=SCHOOLS, of_university=OF_UNIVERSITY)
        )
        connection.execute("set max_parallel_workers_per_gather = 0")
        for statement in read_sql(
            __file__, "sql/values", indicators=INDICATORS, schools=SCHOOLS, last=ROWS - 1
        ).split(";\n"):
            connection.execute(statement.encode())
        connection.execute("vacuum (analyze) published.indicator_value")
        connection.execute("vacuum (analyze) bench.by_hand")


def _asked(connection: psycopg.Connection, actor: str, name: str, query: str) -> Ratio:
    """One question by one person, the two ways in turn, so that what else the machine does falls on both."""
    role = ACTORS[actor][0]
    by_hand = query.format(table="bench.by_hand", where=_by_hand(connection, actor, role))
    protected = query.format(table="published.indicator_value", where="true")
    ours, theirs = [], []
    for number in range(REPEATS + 1):
        milliseconds, expected = _timed(connection, by_hand, None)
        mine, rows = _timed(connection, protected, (actor, role))
        assert rows == expected
        if number:  # the first round warms up
            ours.append(mine)
            theirs.append(milliseconds)
    return Ratio(
        f"row-level security on {ROWS:,} rows, {actor}: {name}",
        ours,
        theirs,
        WANTED,
        "ms",
        less_is_better=True,
    )


def _by_hand(connection: psycopg.Connection, actor: str, role: str) -> str:
    """The WHERE that someone would write who knows what the actor may see."""
    asked = {
        "schools": "visible_schools()",
        "levels": "visible_levels()",
        "municipalities": "visible_units('municipality')",
        "counties": "visible_units('county')",
        "owners": "visible_units('school_owner')",
        "institutions": "visible_units('institution')",
        "classes": "visible_classes()",
        "hidden": "hidden_indicators()",
    }
    with connection.transaction(force_rollback=True):
        _act(connection, actor, role)
        row = connection.execute(
            f"select {', '.join(f'authz.{function}' for function in asked.values())}".encode()
        ).fetchone()
    return BY_HAND.format(
        **{name: f"'{{{','.join(found)}}}'::text[]" for name, found in zip(asked, row or (), strict=True)}
    )


def _timed(connection: psycopg.Connection, query: str, acting: tuple[str, str] | None) -> tuple[float, int]:
    with connection.transaction(force_rollback=True):
        connection.execute("set local max_parallel_workers_per_gather = 0")
        if acting:
            _act(connection, *acting)
        started = time.perf_counter()
        rows = connection.execute(query.encode()).fetchall()
        return (time.perf_counter() - started) * 1000, len(rows) if len(rows) > 1 else int(rows[0][0])


def _act(connection: psycopg.Connection, actor: str, role: str) -> None:
    connection.execute(f"set local role {READER}")
    connection.execute(
        "select set_config('app.subject', %s, true), set_config('app.role', %s, true)",
        (f"bench|{actor}", role),
    )
