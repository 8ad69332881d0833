"""What deliveries say of their own order: an unknown original, a circle, and where nothing that they say
decides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest
from conftest import fresh_database
from database.test_across import SCHOOL, World

from expectations.run import check_across
from innenfra.database import local

DAY = dt.date(2025, 10, 1)


@pytest.fixture(scope="module")
def migrated(server: local.Server) -> str:
    return fresh_database(server)


class Deliveries:
    """Loops of one school, delivered again and again; what stands open of their order."""

    def __init__(self, url: str) -> None:
        self.world = World(url)

    def deliver(
        self, delivery_id: str | None, supersedes: str | None = None, on: dt.date | None = None
    ) -> int:
        file_id = self.world.deliver("loops", [{"loop_no": 1}], period="1", school_year="2024/25")
        self.world.connection.execute(
            "update inbox.delivery set delivery_id = %s, supersedes_delivery_id = %s, delivered_on = %s,"
            " partnership_id = 'PS-SJO' where file_id = %s",
            (delivery_id, supersedes, on, file_id),
        )
        return file_id

    def open(self) -> list[tuple[Any, ...]]:
        check_across(self.world.url, self.world.files, "test")
        return self.world.connection.execute(
            "select rule, file_id from quality.finding where state = 'open' and rule like"
            " any(array['supersedes%', 'order%']) order by 1, 2"
        ).fetchall()


@pytest.fixture
def made(migrated: str) -> Deliveries:
    with psycopg.connect(migrated, autocommit=True) as connection:
        connection.execute(
            "truncate inbox.file, landed.loop, quality.finding, quality.current_delivery cascade"
        )
    found = Deliveries(migrated)
    assert (
        found.world.connection.execute("select 1 from inbox.file where school_id = %s", (SCHOOL,)).fetchone()
        is None
    )
    return found


def test_an_original_that_has_not_come_is_asked_for_until_it_comes(made: Deliveries) -> None:
    correction = made.deliver("D2", supersedes="D1", on=DAY)
    assert made.open() == [("supersedes_unknown", correction)]
    assert made.open() == [("supersedes_unknown", correction)]
    made.deliver("D1", on=DAY)
    assert made.open() == []


def test_two_that_replace_each_other_are_both_told(made: Deliveries) -> None:
    one, other = made.deliver("D1", supersedes="D2", on=DAY), made.deliver("D2", supersedes="D1", on=DAY)
    assert made.open() == [("supersedes_in_circle", one), ("supersedes_in_circle", other)]


def test_two_of_one_day_of_which_neither_replaces_the_other(made: Deliveries) -> None:
    made.deliver("D1", on=DAY)
    greater = made.deliver("D2", on=DAY)
    assert made.open() == [("order_not_stated", greater)]
    # a later day decides
    made.deliver("D3", on=DAY + dt.timedelta(days=1))
    assert made.open() == []


def test_two_files_that_say_nothing_of_themselves(made: Deliveries) -> None:
    made.deliver(None)
    last = made.deliver(None)
    assert made.open() == [("order_by_arrival", last)]
