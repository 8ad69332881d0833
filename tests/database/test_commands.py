"""The command as people and scripts meet it: exit codes, one JSON document, and errors that are one
sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from conftest import fresh_database

from innenfra import cli
from innenfra.database import local
from innenfra.demo import write_demo
from innenfra.demo.plants import SJOSIDEN
from innenfra.ingest.receive import ingest_paths
from innenfra.settings import Settings


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path
) -> Command:
    """`innenfra …` in this process, on the database that `url` says."""

    def run(*arguments: str, url: str = "postgresql://a:b@127.0.0.1:1/none", **environment: str) -> Said:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("INNENFRA_HOME", str(settings.home))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["innenfra", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        for name in environment:
            monkeypatch.delenv(name)
        told = capsys.readouterr()
        return Said(int(left.value.code or 0), told.out, told.err)

    return run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("network")
    write_demo(folder, schools=4, years=2)
    return folder


@pytest.fixture(scope="module")
def url(server: local.Server) -> str:
    return fresh_database(server)


def sentences(text: str) -> list[str]:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    assert all(line.endswith(".") for line in lines), text
    assert "Traceback" not in text
    return lines


def test_registers_load_before_anything_else_is_imported(command: Command, url: str, demo: Path) -> None:
    said = command("registers", "load", *map(str, sorted((demo / "registers").glob("*.csv"))), url=url)
    assert (said.code, said.err) == (0, "")
    assert "school_owner: " in said.out
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*), count(*) filter (where school_id = %s) from register.school", (SJOSIDEN,)
        ).fetchone()
    assert row is not None
    assert row[0] >= 4
    assert row[1] >= 1
    unknown = command("registers", "load", str(demo / "inbox"), url=url)
    assert (unknown.code, len(sentences(unknown.err))) == (1, 1)


def test_check_and_ingest_print_one_document_and_their_exit_codes(
    command: Command, url: str, demo: Path, tmp_path: Path
) -> None:
    command("registers", "load", *map(str, sorted((demo / "registers").glob("*.csv"))), url=url)
    good = str(demo / "inbox" / "0000-sjosiden")
    dry = command("check", good, "--json")
    (looked,) = json.loads(dry.out)
    assert (dry.code, looked["status"], looked["file_id"]) == (0, "landed", None)
    (with_register,) = json.loads(command("check", good, "--json", url=url).out)
    assert with_register["status"] == "landed"
    other = tmp_path / "u" / "teams.csv"
    other.parent.mkdir()
    other.write_text("school_id;team_id;team_kind;valid_from\n998879000;T1;grade;01.08.2019\n")
    assert command("check", str(other)).code == 0
    unknown = command("check", str(other), "--json", url=url)
    assert (unknown.code, [f["rule"] for f in json.loads(unknown.out)[0]["findings"]]) == (
        1,
        ["school_not_registered"],
    )
    taken = command("ingest", good, "--json", url=url)
    (receipt,) = json.loads(taken.out)
    assert taken.code == 0
    assert receipt["rows_read"] == receipt["rows_landed"] + receipt["rows_held_back"] > 50
    again = command("ingest", good, "--json", url=url)
    assert (again.code, json.loads(again.out)[0]["status"]) == (0, "already_delivered")

    (tmp_path / "teams.csv").write_text(
        "school_id;team_id;team_kind;valid_from\n"
        f"{SJOSIDEN};T1;klubb;01.08.2019\n{SJOSIDEN};T2;grade;01.08.2019\n"
    )
    (tmp_path / "brev.docx").write_bytes(b"hei")
    wrong = command("check", str(tmp_path / "teams.csv"), "--json")
    assert wrong.code == 1
    (finding,) = json.loads(wrong.out)[0]["findings"]
    assert {
        "file_name",
        "sheet",
        "row_number",
        "column",
        "value_shown",
        "rule",
        "severity",
        "message",
        "owner",
        "state",
    } <= set(finding)
    assert set(finding["message"]) == {"nb", "nn", "en"}
    assert command("check", str(tmp_path / "brev.docx")).code == 2
    assert command("check", str(tmp_path / "ikke-her.csv"), "--json").code == 2
    said = command("check", str(tmp_path / "teams.csv"), INNENFRA_LANGUAGE="nn")
    assert "rad 2" in said.out
    assert "fann «klubb»" in said.out


def test_a_school_that_is_not_registered_is_refused_with_its_manifest(
    settings: Settings, server: local.Server, demo: Path
) -> None:
    (receipt,) = ingest_paths([demo / "inbox" / "0000-sjosiden"], settings, fresh_database(server))
    assert (receipt.status, [f.rule for f in receipt.findings]) == ("rejected", ["school_not_registered"])
    assert receipt.file_id is not None


def test_a_run_for_one_school_leaves_the_files_of_others(
    settings: Settings, server: local.Server, command: Command, demo: Path
) -> None:
    own = fresh_database(server)
    command("registers", "load", *map(str, sorted((demo / "registers").glob("*.csv"))), url=own)
    paths = sorted((demo / "inbox").iterdir())[:4]
    receipts = ingest_paths(paths, settings, own, only=SJOSIDEN)
    assert [r.status for r in receipts if r.school_id == SJOSIDEN] == ["landed"]
    assert {r.status for r in receipts if r.school_id != SJOSIDEN} == {"left"}
    with psycopg.connect(own) as connection:
        assert connection.execute("select distinct school_id from inbox.file").fetchall() == [(SJOSIDEN,)]


FAULTY = {
    "unknown command": (("foo",), {}, 2, "--help"),
    "missing argument": (("explain",), {}, 2, "explain --help"),
    "no server": (("run",), {}, 1, "DATABASE_URL"),
    "no server for explain": (("explain", "S01", "A1", "project"), {}, 1, "DATABASE_URL"),
    "no server for publish": (("publish",), {}, 1, "DATABASE_URL"),
    "no server for ingest": (("ingest", "."), {}, 1, "DATABASE_URL"),
    "another kind of database": (("db", "url"), {"DATABASE_URL": "mysql://x"}, 1, "postgresql://"),
    "impossible setting": (("db", "url"), {"INNENFRA_APP_PORT": "0"}, 1, "INNENFRA_APP_PORT"),
    "impossible language": (("db", "url"), {"INNENFRA_LANGUAGE": "xx"}, 1, "INNENFRA_LANGUAGE"),
    "period that is none": (("explain", "S01", "A1", "i fjor"), {}, 1, "loop:3"),
    "folder that is not there": (("template", "--out", "/ikke/her.xlsx"), {}, 1, "/ikke/her.xlsx"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_every_error_is_one_sentence_that_says_what_to_do(command: Command, name: str) -> None:
    arguments, environment, code, part = FAULTY[name]
    said = command(*arguments, **environment)
    assert said.code == code
    assert said.out == ""
    assert part in sentences(said.err)[-1]


def test_a_database_without_tables_says_how_to_get_them(
    command: Command, server: local.Server, url: str
) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("drop database if exists bare")
        connection.execute("create database bare")
    bare = server.url.rsplit("/", 1)[0] + "/bare"
    for arguments in (("people", "list"), ("explain", "S01", "A1", "project"), ("ingest", ".")):
        said = command(*arguments, url=bare)
        assert (said.code, said.out) == (1, "")
        assert "innenfra db migrate" in sentences(said.err)[-1]
    unbuilt = command("publish", url=url)
    assert unbuilt.code == 1
    assert "innenfra run" in sentences(unbuilt.err)[-1]


def test_debug_shows_where(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["innenfra", "--debug", "explain", "S01", "A1", "i fjor"])
    with pytest.raises(Exception, match="is not understood"):
        cli.main()
