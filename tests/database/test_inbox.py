"""Odd things in the inbox are a receipt each, and what is sorted after them is taken in; lists of names are
used up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import fsspec
import psycopg
import pytest
from conftest import fresh_database

from innenfra.database import local
from innenfra.ingest.inbox import pending, waiting
from innenfra.ingest.receive import INBOX, Receipt, ingest_paths
from innenfra.settings import Settings, load

SCHOOL = "998870011"
TEAMS = (
    f"school_id;team_id;team_kind;valid_from;team_label\n{SCHOOL};T1;grade;2020-01-01;Teamet til Torgunn\n"
)


@pytest.fixture
def url(server: local.Server) -> str:
    made = fresh_database(server)
    with psycopg.connect(made, autocommit=True) as connection:
        connection.execute(
            "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
            " school_code) values (%s, '2010-01-01', 'S', '1', '1804', 'S')",
            (SCHOOL,),
        )
    return made


@pytest.fixture
def inbox(settings: Settings, tmp_path: Path) -> Settings:
    """An inbox of its own, with small limits."""
    (tmp_path / "inbox").mkdir()
    return settings.model_copy(
        update={"inbox": str(tmp_path / "inbox"), "max_upload_mb": 4, "parse_seconds": 60}
    )


@pytest.fixture
def store() -> Iterator[str]:
    """A folder of a store that is not this machine's."""
    yield "/names"
    fsspec.filesystem("memory").rm("/names", recursive=True)


def run(settings: Settings, url: str) -> list[Receipt]:
    """What a run does with the inbox."""
    with pending(settings) as places:
        return ingest_paths(list(places.values()), settings, url, received_by=INBOX)


def labels(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [
            row[0]
            for row in connection.execute("select team_label from landed.team order by file_id").fetchall()
        ]


def test_odd_things_stop_nothing_that_comes_after_them(inbox: Settings, url: str) -> None:
    folder = Path(inbox.inbox_url)
    os.mkfifo(folder / "a-fifo.csv")
    (folder / "b-link.csv").symlink_to("/nowhere/at/all")
    (folder / "c-zero.csv").symlink_to("/dev/zero")
    (folder / os.fsdecode(b"d-\xff.csv")).write_text(TEAMS, encoding="utf-8")
    (folder / "e-large.csv").write_bytes(b"1;2\n" * 1_100_000)
    (folder / "f-nested" / "g" / "h").mkdir(parents=True)
    (folder / "teams.csv").write_text(TEAMS, encoding="utf-8")
    receipts = run(inbox, url)
    assert [r.status for r in receipts] == ["rejected"] * 6 + ["landed"]
    assert [len(r.findings) for r in receipts] == [1] * 6 + [0]
    with psycopg.connect(url) as connection:
        kept = connection.execute(
            "select file.file_name, finding.rule from inbox.file left join quality.finding using (file_id)"
            " order by file_id"
        ).fetchall()
    assert [rule for _, rule in kept] == ["not_taken"] * 6 + [None]
    assert kept[3][0] == "d-\ufffd.csv"
    # what lies there still is not told again, and something else under the same name is
    assert {r.status for r in run(inbox, url)} == {"already_delivered"}
    (folder / "b-link.csv").unlink()
    (folder / "b-link.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert [r.status for r in run(inbox, url)].count("rejected") == 1


def test_what_goes_away_between_looking_and_reading_stops_nothing(inbox: Settings, url: str) -> None:
    folder = Path(inbox.inbox_url)
    (folder / "teams.csv").write_text(TEAMS, encoding="utf-8")
    gone, landed = ingest_paths([folder / "a.csv", folder / "teams.csv"], inbox, url, received_by=INBOX)
    assert (gone.status, gone.file_id, landed.status) == ("rejected", None, "landed")
    with psycopg.connect(url) as connection:
        assert connection.execute("select count(*) from inbox.file").fetchone() == (1,)


@pytest.mark.parametrize(
    "beside", ["a-levering.navn.txt", "a-levering.namn.txt", "a-levering.names.txt", "a-levering/navn.txt"]
)
def test_a_list_of_names_beside_a_delivery_is_used_and_removed(
    inbox: Settings, url: str, beside: str
) -> None:
    folder = Path(inbox.inbox_url)
    (folder / "a-levering").mkdir()
    (folder / "a-levering" / "teams.csv").write_text(TEAMS, encoding="utf-8")
    (folder / beside).write_text("Torgunn Skjærvik\n", encoding="utf-8")
    (folder / "b.navn.txt").write_text("Hallgrim Øvrebust\n", encoding="utf-8")
    assert [Path(place).name for place in waiting(inbox)] == ["a-levering"]
    (receipt,) = run(inbox, url)
    assert receipt.status == "landed"
    assert labels(url) == ["Teamet til […]"]
    assert not (folder / beside).exists()
    # one that waits for its delivery is left
    assert (folder / "b.navn.txt").exists()
    # the list is no part of the delivery: without it, it is the same
    assert [r.status for r in run(inbox, url)] == ["already_delivered"]


def test_a_list_that_cannot_be_read_keeps_its_delivery_out(inbox: Settings, url: str) -> None:
    folder = Path(inbox.inbox_url)
    (folder / "teams.csv").write_text(TEAMS, encoding="utf-8")
    os.mkfifo(folder / "teams.navn.txt")
    (receipt,) = run(inbox, url)
    assert receipt.status == "rejected"
    assert "list of names" in receipt.findings[0].message.en
    assert labels(url) == []


def test_a_list_in_another_store_is_used_and_removed_there(settings: Settings, url: str, store: str) -> None:
    elsewhere = load(
        home=settings.home, inbox=f"memory:/{store}", database_url=None, _env_file=None, max_upload_mb=4
    )
    files = fsspec.filesystem("memory")
    files.pipe(
        {
            f"{store}/teams.csv": TEAMS.encode(),
            f"{store}/teams.navn.txt": b"Torgunn\n",
            f"{store}/a.csv": b"1;2\n" * 1_100_000,
        }
    )
    large, landed = run(elsewhere, url)
    assert (large.status, landed.status) == ("rejected", "landed")
    assert labels(url) == ["Teamet til […]"]
    assert sorted(Path(one).name for one in files.ls(store, detail=False)) == ["a.csv", "teams.csv"]
