"""Two versions in force at once are found, in whatever order they stand, by the dry run and by the check on
the landed rows alike."""

from __future__ import annotations

import datetime as dt
import itertools

import polars as pl
import psycopg
import pytest

from innenfra.contracts.rules import NoOverlap
from innenfra.database import local
from innenfra.formats import Incoming
from innenfra.ingest.prepare import prepare

RULE = NoOverlap(start="valid_from", end="valid_to", group=("school_id",))
Version = tuple[int, int | None]
HEADER = (
    "agreement_id;version_no;valid_from;valid_to;school_id;partnership_id;institution_ids;change_reason;"
    "planned_years;has_goals;has_frames;has_roles;has_organisation"
)
SAME = "998870011;PS-1;UH1;initial;3;yes;yes;yes;yes"


def day(year: int | None) -> dt.date | None:
    return dt.date(year, 1, 1) if year else None


@pytest.mark.parametrize(
    ("versions", "wrong"),
    [
        ([(2015, 2030), (2016, None), (2018, 2019)], {2016, 2018}),
        ([(2015, 2030), (2016, 2017), (2018, 2019)], {2016, 2018}),
        ([(2015, 2016), (2017, 2018), (2019, None)], set()),
        ([(2015, None), (2017, 2018), (2031, None)], {2017, 2031}),
        ([(2015, 2016), (2015, 2017), (2018, None)], {2015}),
    ],
    ids=[
        "the third inside the first",
        "two inside the first",
        "one after the other",
        "the first has no end",
        "the same first day",
    ],
)
def test_in_any_order_the_same_are_found(
    server: local.Server, versions: list[Version], wrong: set[int]
) -> None:
    for order in itertools.permutations(versions):
        rows = [
            {"school_id": "1", "file_id": 1, "valid_from": day(start), "valid_to": day(end)}
            for start, end in order
        ]
        frame = pl.DataFrame(
            rows,
            schema={"school_id": pl.String, "file_id": pl.Int64, "valid_from": pl.Date, "valid_to": pl.Date},
        )
        found = frame.filter(~frame.select(RULE.holds()).to_series())["valid_from"].to_list()
        assert {d.year for d in found} == wrong
        values = ", ".join(
            f"('1', 1, date '{r['valid_from']}',"
            f" {'null::date' if r['valid_to'] is None else repr(str(r['valid_to'])) + '::date'})"
            for r in rows
        )
        with psycopg.connect(server.url) as connection:
            landed = connection.execute(
                f"select valid_from from (select *, ({RULE.broken_sql()}) as broken from (values {values}) as"
                " landed (school_id, file_id, valid_from, valid_to)) as seen where broken".encode()
            ).fetchall()
        assert sorted(r[0] for r in landed) == sorted(found)


def test_the_dry_run_finds_the_third_version_inside_the_first() -> None:
    rows = ["AV-1;1;2015-08-01;2030-07-31", "AV-1;2;2016-08-01;2016-12-31", "AV-1;3;2018-08-01;"]
    content = "\n".join([HEADER, *(f"{row};{SAME}" for row in rows)]).encode()
    made = prepare(
        Incoming("levering", {"agreement_versions.csv": content}, "0"), "998870011", None, 20_000_000
    )
    assert {(f.row_number, f.rule) for f in made.findings} == {(3, RULE.code), (4, RULE.code)}
