"""A withdrawn number: gone from the next release, from the sums and from earlier releases, and issued anew
without telling of anyone."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from conftest import copy_of, dbt

from innenfra.database import local
from innenfra.database.access import ENGINEER
from innenfra.disclosure.release import remember
from innenfra.disclosure.withdrawal import reissue, withdraw, withdrawals
from innenfra.errors import UserError
from innenfra.explain import explain
from innenfra.settings import Settings, inherited
from orchestration.publishing import publish
from orchestration.release import audit

GATE = ("run", "--select", "path:models/gate", "--exclude", "tag:candidate")
WHO = ("the data protection officer", "asked for by the school")
NOTHING = {
    "value": None,
    "numerator": None,
    "denominator": None,
    "n_respondents": None,
    "n_band": None,
    "interval_low": None,
    "interval_high": None,
}
RELEASE = (
    "select cell_key, cell ->> 'status', cell ->> 'value' from published.past_value where seen_by = 'others'"
    " and first_release <= %(release)s and coalesce(last_release, %(release)s) >= %(release)s"
)

TOTALS = """
    select past.cell_key from published.past_value as past
    inner join gate.year_block as block on block.school_year = %(period)s
    inner join intermediate.int_school_place as place
        on place.school_id = %(school)s and place.school_year = %(period)s
    where past.seen_by = 'others' and past.indicator_id = 'E3'
        and past.first_release <= %(release)s and past.last_release >= %(release)s
        and past.cell ->> 'period' in (%(period)s, block.year_block)
        and (
            past.unit_id in (place.municipality_no, place.county_no, 'all')
            or past.unit_level = 'institution' and past.unit_id in (
                select party_id from register.partnership_party
                inner join register.partnership_school using (partnership_id)
                where school_id = %(school)s
            )
        )
"""


def clean(url: str) -> bool:
    return audit(url).passed


def engineers_read(connection: psycopg.Connection, release: int) -> dict[str, tuple[Any, ...]]:
    """A release as an engineer reads it."""
    with connection.transaction(force_rollback=True):
        connection.execute(f"set local role {ENGINEER}")
        connection.execute(
            "select set_config('app.subject', 'demonstration|engineer|all', true), set_config('app.role',"
            " 'engineer', true)"
        )
        return {key: rest for key, *rest in connection.execute(RELEASE, {"release": release}).fetchall()}


def newest(connection: psycopg.Connection) -> int:
    """The newest published release."""
    row = connection.execute(
        "select max(release_id) from published.release where state = 'published'"
    ).fetchone()
    assert row
    return int(row[0])


@dataclass(frozen=True)
class Taken:
    """The demonstration after a withdrawal and the release that followed: what stood there before, by
    cell."""

    url: str
    school: str
    period: str
    release: int
    before: dict[str, tuple[Any, ...]]
    network_before: float
    own_before: float


@pytest.fixture(scope="module")
def taken(settings: Settings, server: local.Server, built_database: str) -> Taken:
    url = copy_of(server, built_database)
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "select value.school_id, value.period, own.numerator::float, network.part_numerator::float from"
            " published.indicator_value as value inner join published.school_indicator_value as own using"
            " (cell_key) inner join gate.unit_value as network on network.unit_level = 'network' and"
            " network.indicator_id = 'E3' and network.period = value.period where value.indicator_id = 'E3'"
            " and value.period_type = 'school_year' and value.status = 'observed' and own.bound = '=' order"
            " by 1, 2 limit 1"
        ).fetchone()
        assert row
        release = newest(connection)
        before = engineers_read(connection, release)
        assert before == {
            key: rest
            for key, *rest in connection.execute(
                "select cell_key, status, to_jsonb(value) #>> '{}' from published.indicator_value"
            ).fetchall()
        }
    withdraw(url, row[0], "E3", row[1], *WHO)
    assert audit(url).found["shown_though_withdrawn"] == [f"{row[0]} E3 school_year {row[1]}"]
    dbt(settings, url, *GATE)
    assert publish(settings, url, "withdrawn").refused == {}
    return Taken(url, row[0], row[1], release, before, row[3], row[2])


def cells(connection: psycopg.Connection, relation: str, taken: Taken) -> list[dict[str, Any]]:
    rows = connection.execute(
        f"select to_jsonb(cell) from published.{relation} as cell where school_id = %s and indicator_id ="
        " 'E3' and period_type = 'school_year' and period = %s",
        (taken.school, taken.period),
    ).fetchall()
    return [row[0] for row in rows]


def test_it_is_withdrawn_for_everyone(taken: Taken) -> None:
    with psycopg.connect(taken.url) as connection:
        for relation in ("indicator_value", "school_indicator_value"):
            for cell in cells(connection, relation, taken):
                assert cell["status"] == "withdrawn"
                assert {name: cell[name] for name in NOTHING} == NOTHING
        loops = connection.execute(
            "select distinct value.status from published.school_indicator_value as value inner join"
            " intermediate.int_loop as loop on value.school_id = loop.school_id and value.period_type ="
            " 'loop' and value.period = loop.loop_no::text where value.school_id = %s and value.indicator_id"
            " = 'E3' and loop.school_year = %s",
            (taken.school, taken.period),
        ).fetchall()
        total = connection.execute(
            "select part_numerator::float from gate.unit_value where unit_level = 'network' and indicator_id"
            " = 'E3' and period = %s",
            (taken.period,),
        ).fetchone()
    assert loops == [("withdrawn",)]
    assert total == (pytest.approx(taken.network_before - taken.own_before),)
    assert {one.status for one in explain(taken.url, taken.school, "E3", taken.period)} == {"withdrawn"}


def test_earlier_releases_stay_readable_but_for_what_was_withdrawn(taken: Taken) -> None:
    with psycopg.connect(taken.url) as connection:
        first, second = (
            engineers_read(connection, taken.release),
            engineers_read(connection, newest(connection)),
        )
        gone = {
            r[0]
            for r in connection.execute(
                "select cell_key from published.indicator_value where status = 'withdrawn'"
            ).fetchall()
        }
        now = connection.execute(
            "select cell_key, status, to_jsonb(value) #>> '{}' from published.indicator_value"
        ).fetchall()
        held = {
            r[0]
            for r in connection.execute(
                TOTALS, {"school": taken.school, "period": taken.period, "release": taken.release}
            ).fetchall()
        }
    assert first.keys() == taken.before.keys()
    assert gone
    # the new total less the old one would be the number: what held the cell goes too, and nothing else
    assert len(held) > 5
    for key, told in first.items():
        assert told == (["withdrawn", None] if key in gone | held else taken.before[key]), key
    assert second == {key: rest for key, *rest in now}


def test_it_is_said_once_and_of_a_value_that_is_there(taken: Taken) -> None:
    with pytest.raises(UserError, match="withdrawn already"):
        withdraw(taken.url, taken.school, "E3", taken.period, *WHO)
    with pytest.raises(UserError, match="is not withdrawn"):
        reissue(taken.url, taken.school, "C1", taken.period, WHO[0])
    with pytest.raises(UserError, match="There is no value") as error:
        withdraw(taken.url, "nobody", "E3", taken.period, *WHO)
    assert error.value.exit_code == 4
    assert [(one["school_id"], one["reason"], one["lifted_at"]) for one in withdrawals(taken.url)] == [
        (taken.school, WHO[1], None)
    ]


def test_the_commands_say_what_they_did(taken: Taken, settings: Settings) -> None:
    def typed(*words: str) -> subprocess.CompletedProcess[str]:
        where = inherited() | {
            "DATABASE_URL": taken.url,
            "INNENFRA_HOME": str(settings.home),
            "INNENFRA_LANGUAGE": "en",
        }
        return subprocess.run(
            [str(Path(sys.executable).parent / "innenfra"), *words],
            env=where,
            capture_output=True,
            text=True,
            check=False,
        )

    again = typed("withdraw", taken.school, "E3", taken.period, "--by", WHO[0], "--reason", WHO[1])
    assert (again.returncode, again.stderr.strip()) == (
        1,
        f"{taken.school}, E3, {taken.period} is withdrawn already. See “innenfra withdrawals”.",
    )
    unknown = typed("reissue", "nobody", "E3", taken.period, "--by", WHO[0])
    assert unknown.returncode == 4
    listed = typed("withdrawals").stdout.splitlines()
    assert [json.loads(one)["period"] for one in listed] == [taken.period]


def test_it_is_issued_anew(taken: Taken, settings: Settings) -> None:
    """As it was; and a count of things is withdrawn by itself."""
    reissue(taken.url, taken.school, "E3", taken.period, WHO[0])
    withdraw(taken.url, taken.school, "C1", "project", *WHO)
    dbt(settings, taken.url, *GATE)
    with psycopg.connect(taken.url) as connection:
        again = connection.execute(
            "select status, numerator::float from gate.indicator_value where school_id = %s and indicator_id"
            " = 'E3' and period_type = 'school_year' and period = %s",
            (taken.school, taken.period),
        ).fetchall()
        counted = connection.execute(
            "select period_type = 'project', status, value is null from gate.indicator_value where school_id"
            " = %s and indicator_id = 'C1'",
            (taken.school,),
        ).fetchall()
    assert again == [("observed", taken.own_before)]
    assert {row[1:] for row in counted if row[0]} == {("withdrawn", True)}
    assert "withdrawn" not in {row[1] for row in counted if not row[0]}


def test_no_one_is_found_through_withdrawal_and_new_issue(
    settings: Settings, server: local.Server, network: str, figures: dict[str, str]
) -> None:
    """Six answers come while a number is withdrawn, and five of them go again: issued anew, it must not
    differ by the one that is left."""
    url = copy_of(server, network)
    with psycopg.connect(url) as connection:
        connection.execute("delete from marts.indicator_value where indicator_id <> 'X01'")

    def told() -> tuple[Any, ...] | None:
        with psycopg.connect(url) as connection:
            return connection.execute(
                "select shown_x, base, bound, change_waits from gate.atom where unit_level = 'school' and"
                " unit_id = %s and indicator_id = 'X01' and school_year = %s",
                (alone, year),
            ).fetchone()

    def pool() -> list[Any]:
        with psycopg.connect(url) as connection:
            query = (
                "select unit_id, schools_n, shown_x, base from gate.atom where unit_level = 'pool' and"
                " unit_id = %s and indicator_id = 'X01' and school_year = %s"
            )
            return connection.execute(query, (pooled[1], year)).fetchall()

    def released(change: int = 0) -> None:
        with psycopg.connect(url) as connection:
            remember(connection)
            connection.execute("insert into published.release (note) values ('test')")
            if change:
                connection.execute(
                    "update marts.indicator_value set numerator = numerator + %(by)s, denominator ="
                    " denominator + %(by)s, n_respondents = n_respondents + %(by)s where school_id ="
                    " %(school)s and indicator_id = 'X01' and period = %(year)s",
                    {"by": change, "school": alone, "year": year},
                )
        dbt(settings, url, "run", "--select", "path:models/gate")
        assert clean(url)

    dbt(settings, url, "run", "--select", "path:models/gate")
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select school_id, school_year from gate.membership where atom_level = 'pool' and indicator_id ="
            " 'X01' order by 1 limit 1"
        ).fetchone()
        assert row
        year = row[1]
        found = connection.execute(
            "select school_id, atom_id from gate.membership where school_id = %s and indicator_id = 'X01' and"
            " school_year = %s",
            row,
        ).fetchone()
        assert found
        pooled = found
        row = connection.execute(
            "select unit_id from gate.atom where unit_level = 'school' and indicator_id = 'X01' and"
            " school_year = %s and bound = '=' and x between 6 and base - 6 limit 1",
            (year,),
        ).fetchone()
        assert row
        alone = row[0]
    first, first_pool = told(), pool()
    assert first
    assert first_pool
    for school in (alone, pooled[0]):
        withdraw(url, school, "X01", year, *WHO)
    released(change=6)
    assert told() is None
    assert pool() == []
    for school in (alone, pooled[0]):
        reissue(url, school, "X01", year, WHO[0])
    released(change=-5)
    assert told() == (*first[:3], True)
    assert pool() == first_pool
    figures["disclosure, withdrawn and issued anew"] = (
        "a number that differs by 1 answer stays as it was; differences of 1–4 people 0"
    )
