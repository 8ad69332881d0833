"""A school sees its own before a release, and nobody else does: through the same gate, attacked first, and
remembered,
so that no two looks tell of one answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from conftest import copy_of, dbt

from innenfra.contracts.vocabulary import VALUE_MARKS
from innenfra.database import local
from innenfra.database.access import READER
from innenfra.demo.plants import CORRECTED, SJOSIDEN, TWO_INSTITUTIONS
from innenfra.settings import Settings
from orchestration.changes import NOT_YET_SEEN, is_to_be_built, models_version
from orchestration.early import Look, show_early
from orchestration.publishing import publish
from orchestration.run import run_job

ASKED = (
    "school_id = %(school)s and indicator_id = 'L2' and period_type = 'loop' and period = %(loop)s and"
    " slice ->> 'item' = 'utbytte'"
)
TOLD = (
    "select slice ->> 'answer', numerator::int from {} where "
    + ASKED
    + " and bound = '=' and value is not null"
)
MEMORY = (
    "select answer, x::int from published.released_atom where unit_id = %(school)s and indicator_id = 'L2'"
    " and period_type = 'loop' and period = %(loop)s and question ->> 'item' = 'utbytte'"
)
LOOKS = (
    "select x::int from published.past_atom where school_id = %(school)s and indicator_id = 'L2' and"
    " period_type = 'loop' and period = %(loop)s and question ->> 'item' = 'utbytte' and answer = %(answer)s"
    " order by look_no"
)


@dataclass
class World:
    """The demonstration after its release, to plant answers in and build the gate of."""

    url: str
    settings: Settings
    school: str = CORRECTED
    loop: str = ""
    rare: str = ""
    often: str = ""

    @property
    def asked(self) -> dict[str, str]:
        return {"school": self.school, "loop": self.loop}

    def ask(self, query: str, **more: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query.encode(), self.asked | more).fetchall()

    def told(self, relation: str) -> dict[str, int]:
        return dict(self.ask(TOLD.format(relation)))

    def move(self, people: int) -> None:
        """So many people answer otherwise than now."""
        for answer, by in ((self.often, -people), (self.rare, people)):
            with psycopg.connect(self.url) as connection:
                connection.execute(
                    f"update marts.indicator_value set numerator = numerator + %(by)s where {ASKED} and slice"
                    " ->> 'answer' = %(answer)s".encode(),
                    self.asked | {"by": by, "answer": answer},
                )

    def looks(self) -> list[int]:
        """How many gave the rare answer, by each look that there was."""
        return [row[0] for row in self.ask(LOOKS, answer=self.rare)]

    def look(self) -> Look:
        """Build the gate, and let schools see their own."""
        dbt(self.settings, self.url, "run", "--select", "path:models/gate", "--exclude", "tag:candidate")
        with psycopg.connect(self.url) as connection:
            return show_early(connection, "look")


@pytest.fixture
def world(settings: Settings, server: local.Server, built_database: str) -> World:
    made = World(copy_of(server, built_database), settings)
    with psycopg.connect(made.url) as connection:
        rows = connection.execute(
            "select period, array_agg(slice ->> 'answer' order by numerator desc), array_agg(numerator::int"
            " order by numerator desc), bool_and(bound = '=' and value is not null) from"
            " published.school_indicator_value where school_id = %s and indicator_id = 'L2' and period_type ="
            " 'loop' and slice ->> 'item' = 'utbytte' group by 1 order by 3 desc",
            (made.school,),
        ).fetchall()
    made.loop, answers, _, _ = next(row for row in rows if row[3] and row[2][0] >= 12)
    made.often, made.rare = answers[0], answers[1]
    return made


@contextmanager
def acting(connection: psycopg.Connection, role: str, unit: str) -> Iterator[None]:
    with connection.transaction(force_rollback=True):
        connection.execute(f"set local role {READER}")
        connection.execute(
            "select set_config('app.subject', %s, true), set_config('app.role', %s, true)",
            (f"demonstration|{role}|{unit}", role),
        )
        yield


def correct(url: str, school: str) -> None:
    """One count of things of a school is another."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "update marts.indicator_value set numerator = numerator - 1, value = (numerator - 1) /"
            " denominator where ctid = (select ctid from marts.indicator_value where school_id = %s and"
            " indicator_id = 'C1' and period_type = 'school_year' and slice = '{}' and numerator > 2 order by"
            " period desc limit 1)",
            (school,),
        )


def test_the_school_sees_its_own_before_the_release_and_nobody_else_does(world: World) -> None:
    correct(world.url, TWO_INSTITUTIONS)
    before = world.ask("select content from published.indicator_value order by cell_key")
    made = world.look()
    assert (made.schools, made.found) == (1, {})
    assert made.cells > 100
    with psycopg.connect(world.url) as connection:
        seen = {}
        for role, unit in (
            ("school", TWO_INSTITUTIONS),
            ("school", SJOSIDEN),
            ("university", "UH1"),
            ("university", "UH2"),
            ("school_owner", "all"),
        ):
            with acting(connection, role, unit):
                seen[role, unit] = connection.execute(
                    "select school_id, indicator_id, mark from published.early_value"
                ).fetchall()
    mine = seen.pop(("school", TWO_INSTITUTIONS))
    assert {(school, mark) for school, _, mark in mine} == {(TWO_INSTITUTIONS, "not_released")}
    assert "C1" in {indicator for _, indicator, _ in mine}
    assert set(VALUE_MARKS.codes) == {"not_released"}
    assert not any(seen.values())
    assert world.ask("select content from published.indicator_value order by cell_key") == before
    assert publish(world.settings, world.url).refused == {}
    assert world.ask("select count(*) from published.early_value") == [(0,)]


def test_one_late_answer_is_told_by_no_two_looks(world: World) -> None:
    first = world.told("published.school_indicator_value")
    world.move(1)
    assert world.look().found == {}
    assert world.told("published.early_value") == {}
    # six more: the school sees them, and others what the release said
    world.move(6)
    assert world.look().found == {}
    early = world.told("published.early_value")
    assert (early[world.often], early[world.rare]) == (first[world.often] - 7, first[world.rare] + 7)
    assert world.told("published.school_indicator_value") == first
    assert dict(world.ask(MEMORY))[world.rare] == first[world.rare] + 7
    assert world.looks() == [first[world.rare], first[world.rare] + 7]
    # one more waits for the school
    world.move(1)
    assert world.look().found == {}
    assert world.told("published.early_value") == early
    # back to one beside what others were told: enough for the school, too few for the others
    world.move(-7)
    assert world.look().found == {}
    assert world.told("published.early_value") == early
    released = publish(world.settings, world.url)
    assert released.refused == {}
    assert world.told("published.school_indicator_value") == {**first, **early}
    assert world.looks() == [first[world.rare], first[world.rare] + 7]


def test_no_answer_is_told_by_looks_that_do_not_follow_one_another(world: World) -> None:
    """Six more, five more than that, and back to one beside the look before the last."""
    (released,) = world.looks()
    for people in (6, 5):
        world.move(people)
        assert world.look().found == {}
    assert world.looks() == [released, released + 6, released + 11]
    world.move(-6)
    assert world.look().found == {}
    assert dict(world.ask(MEMORY))[world.rare] == released + 11
    # exactly what was shown once tells nothing new
    world.move(1)
    assert world.look().found == {}
    assert dict(world.ask(MEMORY))[world.rare] == released + 6
    assert world.looks() == [released, released + 6, released + 11, released + 6]


def test_a_look_beside_the_release_is_found_by_the_audit(world: World) -> None:
    """What the gate would not let through: a school that saw six more, and then one more than others did."""
    world.move(6)
    world.look()
    with psycopg.connect(world.url) as connection:
        connection.execute(
            "update gate.atom set x = x + case answer when %(often)s then 5 else -5 end, shown_x = shown_x +"
            " case answer when %(often)s then 5 else -5 end where unit_id = %(school)s and indicator_id ="
            " 'L2' and period_type = 'loop' and period = %(loop)s and question ->> 'item' = 'utbytte' and"
            " answer in (%(often)s, %(rare)s)",
            world.asked | {"often": world.often, "rare": world.rare},
        )
        made = show_early(connection, "planted")
        assert any(cell.startswith(world.school) for cell in made.found["differs_by_too_few"])
        connection.rollback()


def test_a_school_whose_numbers_do_not_pass_is_shown_none_and_all_others_go_on(world: World) -> None:
    correct(world.url, TWO_INSTITUTIONS)
    world.move(6)
    before = world.ask(MEMORY)
    dbt(world.settings, world.url, "run", "--select", "path:models/gate", "--exclude", "tag:candidate")
    with psycopg.connect(world.url) as connection:
        connection.execute(
            "update gate.indicator_value set n_respondents = 3 where ctid = (select ctid from"
            " gate.indicator_value where school_id = %s and gate_reason = 'respondents' and status ="
            " 'observed' limit 1)",
            (world.school,),
        )
        made = show_early(connection, "planted")
    assert [cell.split()[0] for cell in made.found["fewer_answers_than_allowed"]] == [world.school]
    assert world.ask("select distinct school_id from published.early_value") == [(TWO_INSTITUTIONS,)]
    assert world.ask(MEMORY) == before


def test_a_build_that_nobody_saw_is_done_again(world: World) -> None:
    outcome = run_job(world.settings, world.url, full_refresh=True)
    assert outcome.succeeded, outcome.failed
    with psycopg.connect(world.url) as connection:
        assert not is_to_be_built(connection, models_version())
        connection.execute(
            "update quality.run set built_from = %s || built_from where started_at = (select max(started_at)"
            " from quality.run)",
            (NOT_YET_SEEN,),
        )
        assert is_to_be_built(connection, models_version())
        row = connection.execute(
            "select passed, rows_found from quality.check_result where check_name = 'early_audit'"
            " order by check_result_id desc limit 1"
        ).fetchone()
        connection.rollback()
    assert row == (True, 0)
