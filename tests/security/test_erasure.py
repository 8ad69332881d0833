"""What people wrote is erased whole: from tables, from files, and from what is delivered once more."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from conftest import fresh_database
from cryptography.exceptions import InvalidTag
from rounds import OTHER, SCHOOL, register_schools, write_round

from innenfra import erasure
from innenfra.database import local
from innenfra.errors import UserError
from innenfra.ingest import store
from innenfra.ingest.answers import last_day
from innenfra.ingest.receive import ingest_paths
from innenfra.people import Person, add
from innenfra.settings import Settings

TODAY = dt.date(2026, 3, 1)
ROUND = {"school_id": SCHOOL, "partnership_id": "PS-1", "loop_no": 1, "round_no": 1}


@pytest.fixture
def url(server: local.Server) -> Iterator[str]:
    """A database of its own, gone afterwards: its files are looked through."""
    made = fresh_database(server)
    register_schools(made)
    yield made
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"drop database {made.rsplit('/', 1)[1]} with (force)")


def answers(word: str, number: int = 12) -> list[str]:
    return [f"Vi lærte mye av {word}{n} denne gangen" for n in range(number)]


def files_with(home: Path, word: str, url: str) -> list[str]:
    """Files below the state folder that hold the word; the write-ahead log is another matter, told in the
    how-to."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("checkpoint")
    return [
        str(path)
        for path in home.rglob("*")
        if path.is_file() and "pg_wal" not in path.parts and word.encode() in path.read_bytes()
    ]


def tables_with(url: str, word: str) -> list[str]:
    """Tables in which a row, told as text, holds the word."""
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "select format('%I.%I', nspname, relname) from pg_class inner join pg_namespace as schema on"
            " schema.oid = relnamespace where relkind in ('r', 'm') and nspname not in ('information_schema')"
            " order by 1"
        ).fetchall()
        assert len(names) > 100
        return [
            name
            for (name,) in names
            if connection.execute(
                f"select 1 from {name} as one where one::text like %s limit 1".encode(), (f"%{word}%",)
            ).fetchone()
        ]


def count(url: str, query: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row
    return int(row[0])


def test_kept_bytes_are_read_with_their_key_only(url: str, settings: Settings, tmp_path: Path) -> None:
    folder = write_round(tmp_path / "r", answers("Kornblomst"))
    (receipt,) = ingest_paths([folder], settings, url)
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select store_path, key, holds_text from inbox.file inner join restricted.file_key using"
            " (file_id) where file_id = %s",
            (receipt.file_id,),
        ).fetchone()
    assert row
    assert row[2] is True
    assert store.kept(row[0], bytes(row[1])) == {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InvalidTag):
        store.kept(row[0], store.new_key())
    for file in Path(row[0]).rglob("*"):
        assert b"Kornblomst" not in file.read_bytes()
        assert "data" not in file.name


def test_a_round_is_erased_whole(url: str, settings: Settings, tmp_path: Path) -> None:
    folder = write_round(Path(settings.inbox_url) / "erased-round", answers("Nattfiol"))
    (receipt,) = ingest_paths([folder], settings, url, received_by="inbox")
    assert receipt.status == "landed"
    assert tables_with(url, "Nattfiol") == ["restricted.log_text"]
    assert any("postgres" in path for path in files_with(settings.home, "Nattfiol", url))
    shutil.copytree(folder, tmp_path / "again")
    counts = count(url, "select sum(n) from landed.log_count")
    with psycopg.connect(url) as connection:
        connection.execute("analyze restricted.log_text, restricted.file_key")
    made = erasure.erase_round(url, settings, ROUND, "engineer", "asked by the school, ring 99887766")
    assert (made.answers_n, made.keys_n) == (12, 1)
    assert tables_with(url, "Nattfiol") == []
    assert files_with(settings.home, "Nattfiol", url) == []
    assert count(url, "select sum(n) from landed.log_count") == counts
    with psycopg.connect(url) as connection:
        stone = connection.execute(
            "select scope, by_whom, reason, school_id, round_no, answers_n, erased_at is not null from"
            " inbox.erasure"
        ).fetchall()
    assert stone == [("round", "engineer", "asked by the school, ring […]", SCHOOL, 1, 12, True)]
    # the same bytes
    (same,) = ingest_paths([tmp_path / "again"], settings, url)
    assert same.status == "already_delivered"
    assert count(url, "select count(*) from restricted.log_text") == 0
    # another file for the round: counts only, and the bytes are not kept
    (other,) = ingest_paths([write_round(tmp_path / "other", answers("Nattfiol", 13))], settings, url)
    assert other.status == "landed"
    assert [f.rule for f in other.findings] == ["text_erased"]
    assert tables_with(url, "Nattfiol") == []
    assert files_with(settings.home, "Nattfiol", url) == []
    assert count(url, "select sum(n) from landed.log_count") == counts + 13
    assert count(url, "select count(*) from restricted.file_key") == 0


def test_a_delivery_is_erased_and_a_right_one_may_follow(
    url: str, settings: Settings, tmp_path: Path
) -> None:
    (wrong,) = ingest_paths([write_round(tmp_path / "wrong", answers("Marisko"))], settings, url)
    (made,) = erasure.erase_delivery(url, settings, wrong.sha256[:12], "engineer", "wrong file")
    assert (made.answers_n, made.keys_n, made.sha256) == (12, 1, wrong.sha256)
    assert tables_with(url, "Marisko") == []
    (same,) = ingest_paths([tmp_path / "wrong"], settings, url)
    assert same.status == "already_delivered"
    assert [f.rule for f in same.findings] == ["text_erased"]
    (right,) = ingest_paths([write_round(tmp_path / "right", answers("Rødkløver"))], settings, url)
    assert right.findings == []
    assert count(url, "select count(*) from restricted.log_text") == 12
    with pytest.raises(UserError):
        erasure.erase_delivery(url, settings, "0" * 64, "engineer", "no such file")


def test_what_was_kept_of_a_files_words_goes_with_its_bytes(
    url: str, settings: Settings, tmp_path: Path
) -> None:
    """Findings, held rows, headers and the name of the file: here a name stands where a code should, without
    any list."""
    folder = tmp_path / "Tuesommer"
    folder.mkdir()
    rows = (
        "school_id;team_id;team_kind;valid_from;Tuesommer\n"
        f"{SCHOOL};T1;grade;2020-01-01;x\n{SCHOOL};T2;Tuesommer;2020-01-01;x\n"
    )
    (folder / "teams.csv").write_text(rows, encoding="utf-8")
    (receipt,) = ingest_paths([folder], settings, url)
    assert (receipt.status, receipt.rows_held_back) == ("partly_landed", 1)
    assert set(tables_with(url, "Tuesommer")) == {"inbox.file", "landed.held_back_row", "quality.finding"}
    erasure.erase_delivery(url, settings, receipt.sha256, "engineer", "names in it")
    assert tables_with(url, "Tuesommer") == []
    assert files_with(settings.home, "Tuesommer", url) == []
    assert count(url, "select count(*) from landed.held_back_row") == 1
    assert count(url, "select count(*) from quality.finding where message_en like 'What stood here%'") == 2


def test_retention(url: str, settings: Settings, tmp_path: Path) -> None:
    assert last_day("2025-W10", TODAY, 365) == dt.date(2026, 3, 9)
    assert last_day(None, TODAY, 30) == dt.date(2026, 3, 31)
    ingest_paths([write_round(tmp_path / "old", answers("Blåveis"), week="2024-W10")], settings, url)
    ingest_paths(
        [write_round(tmp_path / "new", answers("Hvitveis"), week="2025-W20", round_no=2)], settings, url
    )
    ingest_paths(
        [write_round(tmp_path / "elsewhere", answers("Tiriltunge"), week="2024-W11", school=OTHER)],
        settings,
        url,
    )
    # a later file for the round takes the earlier one's place, and its time is not prolonged
    ingest_paths([write_round(tmp_path / "later", answers("Blåveis", 14), week="2025-W30")], settings, url)
    assert count(url, "select count(*) from restricted.log_text") == 14 + 12 + 12
    due = erasure.retention(url, settings, TODAY, dry_run=True)
    assert [(one.school_id, one.round_no, one.answers_n) for one in due] == [(SCHOOL, 1, 14), (OTHER, 1, 12)]
    assert count(url, "select count(*) from restricted.log_text") == 38
    made = erasure.retention(url, settings, TODAY)
    assert [(one.school_id, one.answers_n, one.keys_n) for one in made] == [(SCHOOL, 14, 2), (OTHER, 12, 1)]
    assert tables_with(url, "Blåveis") == tables_with(url, "Tiriltunge") == []
    assert tables_with(url, "Hvitveis") == ["restricted.log_text"]
    assert erasure.retention(url, settings, TODAY) == []


def test_a_person_leaves_and_what_the_school_said_stays(url: str) -> None:
    subject = "https://id.example|rektor-tindvedbusk"
    add(url, [Person(subject, "Rektor Tindved", "school", SCHOOL)])
    with psycopg.connect(url) as connection:
        connection.execute("insert into published.release (note) values ('first')")
        connection.execute(
            "insert into dialogue.comment (school_id, release_id, by_subject, comment) values (%s, 1, %s,"
            " 'Fint.')",
            (SCHOOL, subject),
        )
        connection.execute("analyze authz.person, authz.role_grant, dialogue.comment")
    made = erasure.erase_person(url, subject, "engineer", "has left the school")
    assert made.rows_n == 3
    assert tables_with(url, "tindvedbusk") == tables_with(url, "Tindved") == []
    assert (
        count(
            url,
            "select count(*) from dialogue.comment where comment = 'Fint.' and by_subject like 'erased|%'",
        )
        == 1
    )


@pytest.mark.parametrize("change", ["update {} set {} = null", "delete from {}", "truncate {}"])
@pytest.mark.parametrize(
    ("relation", "column"),
    [("inbox.erasure", "reason"), ("authz.export_log", "sha256"), ("dialogue.comment", "comment")],
)
def test_rows_are_only_added_also_for_the_owner(url: str, change: str, relation: str, column: str) -> None:
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.RaiseException, match="only added"):
        connection.execute(change.format(relation, column).encode())


def test_the_planner_keeps_no_samples_of_what_people_wrote(
    url: str, settings: Settings, tmp_path: Path
) -> None:
    ingest_paths([write_round(tmp_path / "r", ["Det samme svaret fra alle"] * 40)], settings, url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("analyze restricted.log_text")
        kept = connection.execute(
            "select attname from pg_stats where schemaname = 'restricted' and tablename = 'log_text'"
        ).fetchall()
    assert ("item_id",) in kept
    assert ("answer",) not in kept
