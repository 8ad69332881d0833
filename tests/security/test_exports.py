"""What leaves as a file: harmless in a spreadsheet, the reader's own rows, and written down."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import psycopg
import pytest
from conftest import fresh_database
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql
from python_calamine import CalamineWorkbook
from rounds import OTHER, SCHOOL, agree, register_schools

from innenfra.database import local
from innenfra.database.access import LOGIN
from innenfra.database.acting import Actor, acting
from innenfra.errors import UserError
from innenfra.exports import Export, as_csv, as_xlsx, export, harmless
from innenfra.people import Person, add

HEAD, OTHER_HEAD, UNIVERSITY, OWNER = (
    f"https://id.example|{n}" for n in ("head", "other", "university", "owner")
)
EVIL = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    '=HYPERLINK("http://x")',
    "=1\r\n=2",
    "  @x",
)
VALUES = """
create table published.school_indicator_value (
    release_id int, school_id text, indicator_id text, period text, status text, value numeric, slice jsonb,
    unit_name text, comparability text default 'with_care',
    comparability_reason text default 'assumed_values', change_comparability text, change_reason text
)
"""


@pytest.fixture(scope="module")
def url(server: local.Server) -> str:
    made = fresh_database(server)
    register_schools(made)
    people = [
        ("school", SCHOOL, HEAD),
        ("school", OTHER, OTHER_HEAD),
        ("university", "UH1", UNIVERSITY),
        ("school_owner", "1", OWNER),
    ]
    add(made, [Person(subject, "", role, scope) for role, scope, subject in people])
    agree(made, (VALUES, "create table published.school (school_id text, name text)"))
    with psycopg.connect(made) as connection:
        for _ in range(3):
            connection.execute(
                "insert into published.release (state, released_at) values ('published', now())"
            )
        for number, school in enumerate((SCHOOL, OTHER)):
            connection.execute("insert into published.school values (%s, %s)", (school, f"Skole {number}"))
        for number, words in enumerate(EVIL):
            status, value = ("observed", Decimal("-0.25")) if number else ("suppressed", None)
            connection.execute(
                "insert into published.school_indicator_value values (3, %s, 'A1', %s, %s, %s, '{\"arena\":"
                ' "a"}\', %s)',
                (SCHOOL, str(number), status, value, words),
            )
        connection.execute(
            "insert into published.school_indicator_value values (3, %s, 'A1', '0', 'observed', 1, '{}',"
            " 'x')",
            (OTHER,),
        )
    return made


def read_csv(made: Export, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def would_be_a_formula(cell: str) -> bool:
    return cell[:1] in tuple("=+-@＝＋－＠\t\r\n")


@given(st.text())
def test_no_text_starts_a_formula(text: str) -> None:
    made = harmless(text)
    assert not would_be_a_formula(made)
    assert not would_be_a_formula(made.lstrip())
    assert made.removeprefix("'") == text.removeprefix("'") or made == text


def test_csv_is_harmless_and_its_numbers_are_numbers(url: str) -> None:
    rows = read_csv(export(url, Actor(HEAD, "school"), "school_indicator_value"))
    assert len(rows) == len(EVIL)
    assert {row["unit_name"].removeprefix("'") for row in rows} == set(EVIL)
    assert not [row["unit_name"] for row in rows if would_be_a_formula(row["unit_name"].lstrip())]
    assert {(row["status"], row["status_i_ord"], row["value"]) for row in rows} == {
        ("observed", "Observert", "-0,25"),
        ("suppressed", "Skjermet", ""),
    }
    assert {(row["sammenligning_i_ord"], row["endring_i_ord"]) for row in rows} == {
        ("Med omhu: bygger på antatte verdier", "")
    }
    assert {row["utgivelse"] for row in rows} == {"3"}
    english = export(url, Actor(HEAD, "school"), "school_indicator_value", language="en")
    assert {row["value"] for row in read_csv(english, ",")} == {"-0.25", ""}
    assert english.file_name == "innenfra-school_indicator_value-release-3.csv"


def test_a_workbook_has_no_formula_and_no_link(url: str) -> None:
    made = export(url, Actor(HEAD, "school"), "school_indicator_value", file_format="xlsx")
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        assert not [
            name for name in archive.namelist() if "externalLink" in name or name.endswith("sheet1.xml.rels")
        ]
    kinds = {element.tag.split("}")[1] for element in sheet.iter()}
    assert "c" in kinds
    assert not kinds & {"f", "hyperlink"}
    book = CalamineWorkbook.from_filelike(io.BytesIO(made.data))
    header, *rows = book.get_sheet_by_name("Data").to_python()
    assert {row[header.index("unit_name")] for row in rows} == set(EVIL)
    assert {row[header.index("value")] for row in rows} == {-0.25, ""}
    assert ["Utgivelse", "3"] in book.get_sheet_by_name("Om filen").to_python()


def test_everyone_takes_out_their_own_rows(url: str) -> None:
    for subject, role, schools in (
        (HEAD, "school", {SCHOOL}),
        (OTHER_HEAD, "school", {OTHER}),
        (UNIVERSITY, "university", {SCHOOL}),
        (OWNER, "school_owner", {SCHOOL, OTHER}),
    ):
        assert {
            row["school_id"] for row in read_csv(export(url, Actor(subject, role), "school"))
        } == schools, subject
    assert read_csv(export(url, Actor(UNIVERSITY, "university"), "school_indicator_value")) == []
    chosen = export(url, Actor(OWNER, "school_owner"), "school", {"school_id": OTHER})
    assert [row["school_id"] for row in read_csv(chosen)] == [OTHER]
    for relation, selection in (
        ("past_value", {}),
        ("school; drop table x", {}),
        ("school", {"1=1 --": "x"}),
    ):
        with pytest.raises(UserError, match="cannot be taken out"):
            export(url, Actor(OWNER, "school_owner"), relation, selection)


def test_each_is_written_down(url: str) -> None:
    made = export(url, Actor(OWNER, "school_owner"), "school", {"school_id": SCHOOL}, "xlsx")
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select by_subject, role, relation, selection, file_format, release_id, rows_n, sha256,"
            " exported_at <= now() from authz.export_log order by export_id desc limit 1"
        ).fetchone()
    assert row == (
        OWNER,
        "school_owner",
        "school",
        {"school_id": SCHOOL},
        "xlsx",
        3,
        1,
        hashlib.sha256(made.data).hexdigest(),
        True,
    )


def test_what_cannot_be_written_down_does_not_leave(url: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        export(url, Actor("https://id.example|nobody", "university"), "school")
    with psycopg.connect(url) as connection:
        before = connection.execute("select count(*) from authz.export_log").fetchone()
        connection.execute(
            "alter table authz.export_log add constraint full_up check (sha256 = '') not valid"
        )
    with pytest.raises(psycopg.errors.CheckViolation):
        export(url, Actor(HEAD, "school"), "school")
    with psycopg.connect(url) as connection:
        connection.execute("alter table authz.export_log drop constraint full_up")
        assert connection.execute("select count(*) from authz.export_log").fetchone() == before


def test_the_log_is_only_added_to(url: str) -> None:
    export(url, Actor(HEAD, "school"), "school")
    for change in (
        "update authz.export_log set by_subject = 'x'",
        "delete from authz.export_log",
        "truncate authz.export_log",
    ):
        with (
            psycopg.connect(url) as connection,
            pytest.raises(psycopg.errors.RaiseException, match="only added"),
        ):
            connection.execute(change.encode())
        for subject, role in ((HEAD, "school"), (OWNER, "school_owner")):
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege),
                acting(url, Actor(subject, role)) as connection,
            ):
                connection.execute(change.encode())
        with psycopg.connect(url) as connection:
            connection.execute(sql.SQL("set local role {}").format(sql.Identifier(LOGIN)))
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(change.encode())


def test_command(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from innenfra.cli import app

    monkeypatch.setenv("DATABASE_URL", url)
    out = tmp_path / "skoler.csv"
    done = CliRunner().invoke(
        app,
        [
            "export",
            "school",
            "--as",
            OWNER,
            "--role",
            "school_owner",
            "--out",
            str(out),
            "--where",
            f"school_id={SCHOOL}",
        ],
    )
    assert done.exit_code == 0, done.output
    assert hashlib.sha256(out.read_bytes()).hexdigest() in done.output
    assert out.read_text(encoding="utf-8-sig").splitlines()[1] == f"3;{SCHOOL};Skole 0"


@given(
    st.lists(
        st.lists(
            st.one_of(st.text(), st.integers(-(10**9), 10**9), st.booleans(), st.none()),
            min_size=2,
            max_size=2,
        ),
        max_size=5,
    )
)
def test_any_rows_make_a_file_that_can_be_read(rows: list[list[object]]) -> None:
    read = list(csv.reader(io.StringIO(as_csv(["a", "b"], rows, "en").decode("utf-8-sig"), newline="")))
    assert len(read) == len(rows) + 1
    assert all(len(row) == 2 for row in read)
    printable = [
        [c if not isinstance(c, str) else "".join(x for x in c if x.isprintable()) for c in row]
        for row in rows
    ]
    assert as_xlsx(["a", "b"], printable, "About", {})[:2] == b"PK"
