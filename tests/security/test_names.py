"""The school's own list of names: used in memory, and found nowhere afterwards."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from conftest import fresh_database, own_settings
from rounds import SCHOOL, register_schools, write_round

from innenfra.database import local
from innenfra.ingest.names import read_names
from innenfra.settings import Settings, inherited

LIST = "Torgunn Skjærvik\nHallgrim Øvrebust\nBjørn Skjærvik\n"
WRITTEN = ("Torgunn", "Skjærvik", "Hallgrim", "Øvrebust")


@pytest.fixture(scope="module")
def settings() -> Iterator[Settings]:
    """A state folder of their own, since every file of it is read."""
    with own_settings() as made:
        yield made


@pytest.fixture(scope="module")
def url(settings: Settings) -> str:
    made = fresh_database(local.ensure_running(settings))
    register_schools(made)
    return made


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "navn.txt"
    path.write_text(LIST, encoding="utf-8")
    return path


def command(settings: Settings, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = inherited() | {"DATABASE_URL": url, "INNENFRA_HOME": str(settings.home)}
    return subprocess.run(
        [str(Path(sys.executable).parent / "innenfra"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def told(settings: Settings, url: str, said: str) -> list[str]:
    """Where a name of the list is: on the screen, in the log of the database's changes, in any file of the
    state folder."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("checkpoint")
    found = [name for name in WRITTEN if name.lower() in said.lower()]
    pattern = re.compile("|".join(WRITTEN).encode())
    return found + [
        str(path) for path in settings.home.rglob("*") if path.is_file() and pattern.search(path.read_bytes())
    ]


def test_names_in_open_answers(url: str, settings: Settings, names: Path, tmp_path: Path) -> None:
    answers = [
        "Torgunn var flink",
        "Bjørn ledet. Det gikk fint med Hallgrims plan, ring 99887766",
        "Takk til Torgunn Skjærvik og Øvrebust!",
        *["Fint"] * 9,
    ]
    folder = write_round(tmp_path / "Runde Torgunn_Skjærvik", answers)
    made = command(settings, url, "ingest", str(folder), "--names", str(names))
    assert made.returncode == 0, made.stderr
    assert told(settings, url, made.stdout + made.stderr) == []
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select answer, is_flagged from restricted.log_text where answer <> 'Fint' order by answer"
        ).fetchall()
        file_name = connection.execute("select file_name from inbox.file").fetchone()
    assert rows == [
        ("Bjørn ledet. Det gikk fint med […] plan, ring […]", True),
        ("Takk til […] og […]!", False),
        ("[…] var flink", False),
    ]
    assert file_name == ("Runde […]_[…]",)


def test_names_in_sheets_and_findings(url: str, settings: Settings, names: Path, tmp_path: Path) -> None:
    folder = tmp_path / "levering"
    folder.mkdir()
    (folder / "teams.csv").write_text(
        "school_id;team_id;team_kind;valid_from;team_label;Torgunn"
        f" Skjærvik\n{SCHOOL};T1;grade;2020-01-01;Teamet til Hallgrim, tlf."
        f" 99887766;x\n{SCHOOL};T2;Øvrebust;2020-01-01;Bjørn;x\n",
        encoding="utf-8",
    )
    for verb in ("check", "ingest"):
        made = command(settings, url, verb, str(folder), "--names", str(names), "--json")
        assert made.returncode == 1, made.stderr
        assert '"rule": "one_of"' in made.stdout
        assert told(settings, url, made.stdout + made.stderr) == []
    with psycopg.connect(url) as connection:
        assert connection.execute("select team_label from landed.team").fetchall() == [
            ("Teamet til […], tlf. […]",)
        ]
        held = connection.execute(
            "select row_values ->> 'team_kind', row_values ->> 'team_label' from landed.held_back_row"
        ).fetchall()
        assert held == [("[…]", "[…]")]
        assert connection.execute(
            "select count(*) from quality.finding where message_nb like '%[…]%'"
        ).fetchone() == (2,)


def test_names_of_files_that_are_refused(url: str, settings: Settings, names: Path, tmp_path: Path) -> None:
    for name, code in (("Torgunn.csv", 1), ("øvrebust_hallgrim.xlsm", 2), ("SKJÆRVIK.txt", 2)):
        (tmp_path / name).write_text(f"a;b\n{len(name)};2\n", encoding="utf-8")
        made = command(settings, url, "ingest", str(tmp_path / name), "--names", str(names))
        assert made.returncode == code, made.stdout
        assert "[…]" in made.stdout
        assert told(settings, url, made.stdout + made.stderr) == []


def test_without_the_list_they_would_be_there(url: str, settings: Settings, tmp_path: Path) -> None:
    folder = write_round(tmp_path / "runde", ["Torgunn var flink"] * 10, round_no=2)
    made = command(settings, url, "ingest", str(folder))
    assert made.returncode == 0
    assert told(settings, url, "")


def test_a_list_that_is_not_there_is_not_told(settings: Settings, url: str, tmp_path: Path) -> None:
    made = command(settings, url, "check", str(tmp_path), "--names", str(tmp_path / "Torgunn.txt"))
    assert made.returncode == 2
    assert "Torgunn" not in made.stderr + made.stdout


def test_lists_as_people_write_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Åse Lie\r\n\r\n Bjørn Ås \r\n".encode("cp1252"))
    assert read_names(tmp_path / "a.txt") == ("Åse Lie", "Bjørn Ås")
