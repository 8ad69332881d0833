"""A code that is in no list is a finding, and its row is held back: in every column that has a list, also one
that depends on another column."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import psycopg
import pytest
from conftest import fresh_database

from expectations.run import check_contract
from innenfra.contracts.declare import all_rules, columns_by_file_type, delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.mirror import NOTE_CODES
from innenfra.contracts.rules import CodeOfKind, ColumnsOfFile, EachOneOf, Known, OneOf
from innenfra.contracts.vocabulary import FILE_TYPES
from innenfra.database import local
from innenfra.formats import Incoming
from innenfra.ingest.prepare import Prepared, prepare
from innenfra.ingest.receive import ingest_paths
from innenfra.settings import Settings

SCHOOL = "998870011"
NOTES = "school_id;partnership_id;note_type;code;school_year;first_loop_no;agreed_by_both\n"
ITEMS = "school_id;partnership_id;loop_no;mirror_id;dimension;topic_code;form\n"
MANIFEST = (
    "delivery_id;school_id;partnership_id;schema_version;file_type;school_year;completeness;"
    "prepared_by_role;assumed_columns\n"
)
TEAMS = f"school_id;team_id;team_kind;valid_from\n{SCHOOL};T1;grade;2020-01-01\n"


def delivered(**parts: str) -> Prepared:
    return prepare(
        Incoming("levering", {f"{name}.csv": text.encode() for name, text in parts.items()}, "0"),
        SCHOOL,
        None,
        1_000_000,
    )


# note type, code, whether it is taken in
WRITTEN = [
    ("change_phase", "banan", False),
    ("change_phase", "implementation", True),
    ("change_phase", "questioning", False),
    ("change_phase", "local.banan", False),
    ("expansive_phase", "banan", False),
    ("expansive_phase", "questioning", True),
    ("expansive_phase", "examining_the_model", True),
    ("knowledge_input", "banan", False),
    ("knowledge_input", "observation", True),
    ("knowledge_input", "local.banan", True),
    ("tool_use", "banan", True),
    ("tension", "banan", True),
    ("zone", "banan", True),
    ("artefact", "banan", True),
    ("publication", "banan", True),
]


@pytest.mark.parametrize(("note_type", "code", "lands"), WRITTEN)
def test_a_note_of_each_kind(note_type: str, code: str, lands: bool) -> None:
    made = delivered(
        notes=NOTES
        + f"{SCHOOL};PS-1;{note_type};{code};2025/26;1;yes\n{SCHOOL};PS-1;tool_use;tavle;2025/26;1;yes\n"
    )
    assert (made.rows_landed, made.rows_held_back) == ((2, 0) if lands else (1, 1))
    found = [(f.rule, f.row_number, f.column, f.value_shown) for f in made.findings]
    assert found == ([] if lands else [("code_of_kind", 2, "code", code)])


@pytest.mark.parametrize(
    ("dimension", "topic", "lands"),
    [
        ("content", "observation", True),
        ("content", "keep_shared_focus", False),
        ("content", "banan", False),
        ("content", "local.banan", True),
        ("form", "keep_shared_focus", True),
        ("form", "observation", False),
        ("structure", "inviting_questions", True),
        ("content", "", True),
    ],
)
def test_a_topic_is_of_its_dimension(dimension: str, topic: str, lands: bool) -> None:
    made = delivered(mirror_items=ITEMS + f"{SCHOOL};PS-1;1;S-1;{dimension};{topic};statement\n")
    assert made.rows_landed == int(lands)
    assert [f.rule for f in made.findings] == ([] if lands else ["code_of_kind"])


def test_the_delivery_sheet_names_files_and_columns_that_there_are() -> None:
    def manifest(file_type: str, assumed: str) -> str:
        return MANIFEST + f"L1;{SCHOOL};PS-1;1.0;{file_type};2025/26;complete;leadership;{assumed}\n"

    wrong = delivered(manifest=manifest("banan", ""), teams=TEAMS)
    assert ([f.rule for f in wrong.findings], wrong.rejected) == (["known"], True)
    told = delivered(manifest=manifest("teams", "valid_from banan"), teams=TEAMS)
    assert [(f.rule, f.severity) for f in told.findings] == [("columns_of_file", "warning")]
    assert told.rows_landed == 2
    assert delivered(manifest=manifest("teams", "valid_from team_kind"), teams=TEAMS).findings == []


def test_a_stated_total_is_of_an_indicator() -> None:
    header = "school_id;partnership_id;measure;period_type;period_value;slice;numerator;denominator;source\n"
    made = delivered(
        stated_totals=header
        + "".join(f"{SCHOOL};PS-1;{one};project;all;;1;2;x\n" for one in ("A4", "C6", "L1"))
    )
    assert [(f.rule, f.value_shown) for f in made.findings] == [("known", "C6"), ("known", "L1")]


def test_file_types_are_those_of_the_tables() -> None:
    assert sorted(delivery_tables()) == sorted(FILE_TYPES)


def test_the_database_finds_what_the_file_check_finds(server: local.Server) -> None:
    notes = CodeOfKind(of="code", kind="note_type", lists=NOTE_CODES, local=("knowledge_input",))
    columns = ColumnsOfFile(listed="assumed_columns", file_type="file_type", columns=columns_by_file_type)
    listed = [
        ("teams", "valid_from banan", False),
        ("teams", "valid_from", True),
        ("banan", "x", True),
        ("teams", None, True),
    ]
    with psycopg.connect(server.url) as connection:
        for kind, code, lands in WRITTEN:
            row = connection.execute(
                f"select coalesce({notes.broken_sql()}, false) from (values (%s, %s)) as note (note_type,"
                " code)".encode(),
                (kind, code),
            ).fetchone()
            assert row == (not lands,), (kind, code)
        for file_type, names, holds in listed:
            row = connection.execute(
                f"select coalesce({columns.broken_sql()}, false) from (values (%s::text, %s::text)) as said"
                " (file_type, assumed_columns)".encode(),
                (file_type, names),
            ).fetchone()
            assert row == (not holds,), (file_type, names)
            frame = pl.DataFrame(
                {"file_type": [file_type], "assumed_columns": [names]},
                schema={"file_type": pl.String, "assumed_columns": pl.String},
            )
            assert frame.select(columns.holds()).item() is holds


def test_the_contract_holds_a_landed_row_with_such_a_code(
    server: local.Server, settings: Settings, tmp_path: Path
) -> None:
    """Should a code leave its list later, the check on landed rows finds it."""
    url = fresh_database(server)
    (tmp_path / "notes.csv").write_text(
        NOTES + f"{SCHOOL};PS-1;change_phase;initiation;2025/26;1;yes\n", encoding="utf-8"
    )
    (tmp_path / "mirror_items.csv").write_text(
        ITEMS + f"{SCHOOL};PS-1;1;S-1;content;observation;statement\n", encoding="utf-8"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
            " school_code) values (%s, '2010-01-01', 'S', '1', '1804', 'S')",
            (SCHOOL,),
        )
        receipts = ingest_paths([tmp_path / "notes.csv", tmp_path / "mirror_items.csv"], settings, url)
        connection.execute("update landed.note set code = 'banan'")
        connection.execute("update landed.mirror_item set topic_code = 'banan'")
    for receipt, file_type in zip(receipts, ("notes", "mirror_items"), strict=True):
        made = check_contract(url, file_type, [receipt.file_id or 0], "test")
        assert (made.rows_checked, made.rows_found) == (1, 1), file_type


OWN_CODES = {
    "code": "of a codebook's version; a check over deliveries holds them against it",
    "from_code": "of a codebook's version",
    "to_code": "of a codebook's version",
    "answer_code": "of a log form's item; a check over deliveries holds them against it",
    "answer_codes": "the form's own, which it declares here",
    "phase_code": "the template's own name of a phase, beside the common one",
}
"""Columns of codes whose list is delivered, not declared."""


def test_every_column_of_codes_has_its_list() -> None:
    lists = (OneOf, EachOneOf, Known, CodeOfKind)
    without = set()
    for file_type, table in delivery_tables().items():
        listed = {name for name, rule in all_rules(table) if isinstance(rule, lists)}
        coded = {
            c.name
            for c in delivered_columns(table)
            if (c.name.endswith(("code", "codes")) and not c.name.startswith("n_"))
            or c.name in ("measure", "file_type", "dimension", "form", "status")
        }
        without |= {(file_type, name) for name in coded - listed}
    assert {name for _, name in without} == set(OWN_CODES), without
    assert ("notes", "code") not in without
