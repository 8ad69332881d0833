"""Two releases after one another, attacked together: a form said to mean something new, one school's
correction, a school that starts to wait."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from conftest import copy_of, dbt

from innenfra.database import local
from innenfra.database.access import READER
from innenfra.demo.plants import RENUMBERED, TWO_INSTITUTIONS
from innenfra.settings import Settings
from orchestration.publishing import Release, publish

LEAST = 3
ASKED = (
    "school_id = %(school)s and indicator_id = 'L2' and period_type = 'loop' and slice ->> 'item' = 'utbytte'"
)
RENAMED = "LOGG-v9/nytte"

# every number that an actor reads of totals, and the schools that count in each
TOTALS = """
    select cell_key, content, numerator::float, denominator::float, value::float, change_waits
    from published.indicator_value where school_id is null and unit_level <> 'pool' and value is not null
"""
PARTS = (
    "select content, part_id, school_year, x::float, base::float from published.total_part where part_level ="
    " 'school'"
)


@dataclass
class Seen:
    """What everybody saw in the first release and in the second."""

    url: str
    release: Release
    totals: list[dict[str, dict[str, tuple[Any, ...]]]]
    parts: list[dict[str, set[tuple[Any, ...]]]]
    schools: dict[str, set[str]]
    first_answers: dict[str, tuple[Any, ...]]
    moved_loop: str
    corrected: tuple[str, str]
    waits: tuple[str, str]


def actors(connection: psycopg.Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        "select subject, role from authz.demonstration_people() where role in ('university', 'school_owner',"
        " 'school')"
    ).fetchall()
    assert len(rows) > 10
    return [(r[0], r[1]) for r in rows]


def as_everybody(
    connection: psycopg.Connection,
) -> tuple[dict[str, dict[str, tuple[Any, ...]]], dict[str, set[str]]]:
    """Totals and schools by actor, as the database lets each read them."""
    totals, schools = {}, {}
    for subject, role in actors(connection):
        with connection.transaction(force_rollback=True):
            connection.execute(f"set local role {READER}")
            connection.execute(
                "select set_config('app.subject', %s, true), set_config('app.role', %s, true)",
                (subject, role),
            )
            totals[subject] = {r[0]: r[1:] for r in connection.execute(TOTALS).fetchall()}
            schools[subject] = {
                r[0] for r in connection.execute("select school_id from published.school").fetchall()
            }
    return totals, schools


def parts(connection: psycopg.Connection) -> dict[str, set[tuple[Any, ...]]]:
    found = defaultdict(set)
    for content, *part in connection.execute(PARTS).fetchall():
        found[content].add(tuple(part))
    return found


def answers(connection: psycopg.Connection, where: str, school: str) -> dict[str, tuple[Any, ...]]:
    """What the school is told of its answers, by loop and answer."""
    rows = connection.execute(
        "select period || ' ' || (slice ->> 'answer'), status, numerator::float, denominator::float, bound"
        f" from published.school_indicator_value where {where}",
        {"school": school, "family": RENAMED},
    ).fetchall()
    return {r[0]: tuple(r[1:]) for r in rows}


@pytest.fixture(scope="module")
def seen(settings: Settings, server: local.Server, built_database: str) -> Seen:
    """The demonstration's release, three changes, and the release after it."""
    url = copy_of(server, built_database)
    with psycopg.connect(url) as connection:
        totals, schools = as_everybody(connection)
        parts_before = parts(connection)
        before = answers(connection, ASKED, RENUMBERED)
        exact = [
            key
            for key, told in before.items()
            if told[3] == "=" and told[0] == "observed" and told[1] is not None
        ]
        assert len(exact) > 1
        loop = exact[0].split()[0]
        # the form is said to mean something new, and one person's answer is another
        connection.execute(
            "insert into landed.log_instrument select (jsonb_populate_record(row,"
            " jsonb_build_object('log_instrument_version_id', 'LOGG-v9', 'item_id', 'nytte',"
            " 'predecessor_version_id', 'LOGG-v1', 'predecessor_item_id', 'utbytte', 'same_meaning', 'no',"
            " 'row_number', 900 + row.row_number))).* from landed.log_instrument as row inner join"
            " staging.stg_log_instrument as current using (school_id, file_id, row_number) where"
            " row.school_id = %s and row.log_instrument_version_id = 'LOGG-v1' and row.item_id = 'utbytte'",
            (RENUMBERED,),
        )
        change = "update marts.indicator_value set {} where " + ASKED
        for answer, by in (("4", 1), ("3", -1)):
            connection.execute(
                (change + " and period = %(loop)s and slice ->> 'answer' = %(answer)s")
                .format("numerator = numerator + %(by)s")
                .encode(),
                {"school": RENUMBERED, "loop": loop, "answer": answer, "by": by},
            )
        renamed = 'slice = slice || \'{"item": "nytte"}\', comparison_family = %(family)s'
        connection.execute(
            change.format(renamed).replace(" and period_type = 'loop'", "").encode(),
            {"school": RENUMBERED, "family": RENAMED},
        )
        # one school corrects a count of things
        row = connection.execute(
            "select school_id, period from marts.indicator_value where indicator_id = 'C1' and period_type ="
            " 'school_year' and slice = '{}' and numerator > 2 and school_id = %s order by period desc"
            " limit 1",
            (TWO_INSTITUTIONS,),
        ).fetchone()
        assert row
        corrected = (row[0], row[1])
        connection.execute(
            "update marts.indicator_value set numerator = numerator - 1, value = (numerator - 1) /"
            " denominator where school_id = %s and indicator_id = 'C1' and period_type = 'school_year' and"
            " period = %s and slice = '{}'",
            corrected,
        )
        # one school does not recognise itself in one indicator, and so others wait
        row = connection.execute(
            "select school_id, period from published.indicator_value where indicator_id = 'P3' and"
            " period_type = 'school_year' and status = 'observed' and unit_level = 'school' and school_id <>"
            " all(%s) order by period desc, school_id limit 1",
            ([TWO_INSTITUTIONS, RENUMBERED],),
        ).fetchone()
        assert row
        waits = (row[0], row[1])
        connection.execute(
            "insert into dialogue.member_check (school_id, release_id, indicator_id, period_type, period,"
            " by_subject, answer) values (%s, 1, 'P3', 'school_year', %s, 'test', 'not_recognised')",
            waits,
        )
    dbt(settings, url, "run", "--select", "path:models/gate", "--exclude", "tag:candidate")
    release = publish(settings, url, "second")
    with psycopg.connect(url) as connection:
        totals_now, _ = as_everybody(connection)
        parts_now = parts(connection)
    return Seen(
        url, release, [totals, totals_now], [parts_before, parts_now], schools, before, loop, corrected, waits
    )


def test_the_second_release_passes_its_audit(seen: Seen, figures: dict[str, str]) -> None:
    assert seen.release.refused == {}
    told = seen.release.audit
    figures["disclosure, readers of the demonstration"] = (
        f"{told['readers']} readers of {told['reader_roles']} roles and {told['reader_pairs']} pairs ×"
        f" {told['tables']} tables, two releases: exact"
        f" {told['found_by_reader'] + told['found_by_two_readers']}, below half {told['narrowed_by_reader']},"
        f" invertible rows {told['row_that_can_be_inverted']} of {told['rows_inverted']};"
        f" {told['totals_open']} of {told['totals_reached']} totals open"
    )


def test_a_form_said_to_mean_something_new_does_not_tell_of_one_answer(seen: Seen) -> None:
    """One person's other answer waits, whatever the question is called now."""
    with psycopg.connect(seen.url) as connection:
        now = answers(connection, ASKED.replace("'utbytte'", "'nytte'"), RENUMBERED)
        waits = connection.execute(
            "select bool_and(change_waits) from published.school_indicator_value where school_id = %s and"
            " indicator_id = 'L2' and period_type = 'loop' and period = %s and slice ->> 'item' = 'nytte' and"
            " status = 'observed'",
            (RENUMBERED, seen.moved_loop),
        ).fetchone()
        remembered = connection.execute(
            "select array_agg(distinct question ->> 'item') from published.released_atom where unit_id = %s"
            " and indicator_id = 'L2'",
            (RENUMBERED,),
        ).fetchone()
    assert now == seen.first_answers
    assert waits == (True,)
    assert remembered == (["nytte"],)


def test_a_school_is_asked_anew_about_what_is_its_own_and_nothing_else(seen: Seen) -> None:
    with psycopg.connect(seen.url) as connection:
        asked = connection.execute(
            "select distinct school_id, indicator_id from published.indicator_value as value where status ="
            " 'awaiting_member_check' and unit_level = 'school' and not exists (select 1 from"
            " published.past_value as past where past.seen_by = 'others' and past.cell_key = value.cell_key "
            " and past.last_release = 1 and past.cell ->> 'status' = 'awaiting_member_check') and exists"
            " (select 1 from published.past_value as past where past.seen_by = 'others' and past.cell_key ="
            " value.cell_key and past.last_release = 1)"
        ).fetchall()
    assert set(asked) == {(seen.corrected[0], "C1"), (seen.waits[0], "P3")}


def test_no_difference_of_two_releases_is_one_or_two_unseen_schools(seen: Seen) -> None:
    """Counted here from what each actor read: which schools make a total differ from what it was."""
    told_anew = 0
    for subject, now in seen.totals[1].items():
        for cell, (content, *_) in now.items():
            before = seen.totals[0][subject].get(cell)
            if before is None or before[0] == content:
                continue
            changed = seen.parts[0][before[0]] ^ seen.parts[1][content]
            unseen = {part[0] for part in changed} - seen.schools[subject]
            told_anew += 1
            assert not unseen or len(unseen) >= LEAST, (subject, cell, unseen)
    assert told_anew > 0


def test_every_total_hides_unseen_schools_in_each_release(seen: Seen) -> None:
    opened = 0
    for totals, members in zip(seen.totals, seen.parts, strict=True):
        for subject, told in totals.items():
            for cell, (content, *_) in told.items():
                held: dict[str, float] = defaultdict(float)
                for school, _, _, base in members[content]:
                    if school not in seen.schools[subject]:
                        held[school] += base
                opened += 1
                assert not held or (len(held) >= LEAST and max(held.values()) <= 0.8 * sum(held.values())), (
                    subject,
                    cell,
                )
    assert opened > 2_000


def test_a_total_that_one_school_leaves_keeps_its_value_and_says_so(seen: Seen) -> None:
    with psycopg.connect(seen.url) as connection:
        rows = connection.execute(
            "select value.unit_level, value.change_waits, value.numerator::float, (past.cell ->>"
            " 'numerator')::float from published.indicator_value as value inner join published.past_value as"
            " past on past.seen_by = 'others' and past.cell_key = value.cell_key and past.last_release = 1"
            " where value.indicator_id = 'P3' and value.period_type = 'school_year' and value.period = %s and"
            " value.slice = '{}' and value.unit_level = 'network'",
            (seen.waits[1],),
        ).fetchall()
    assert [(level, waits) for level, waits, _, _ in rows] == [("network", True)]
    assert all(now == then for _, _, now, then in rows)
