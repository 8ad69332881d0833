"""Bad input, as a workbook and as CSV: one finding for each fault, that says where, what was found and what
is expected; good rows land.

Belongs here: what a single file can answer. Faults that need other deliveries are in
`tests/database/test_across.py`.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass

import pytest
import xlsxwriter

from innenfra.formats import Incoming
from innenfra.formats.text import grid
from innenfra.ingest.delivery import prepare_or_refuse
from innenfra.ingest.prepare import Prepared

SCHOOL = "998870011"
TEAMS = ["school_id", "team_id", "team_kind", "valid_from", "valid_to"]
PLAN = ["agreement_id", "version_no", "partnership_year_no", "planned_loops"]
VERSIONS = [
    "agreement_id",
    "version_no",
    "school_id",
    "partnership_id",
    "institution_ids",
    "valid_from",
    "valid_to",
    "has_goals",
    "has_frames",
    "has_roles",
    "has_organisation",
    "planned_years",
    "change_reason",
]
LOG = [
    "school_id",
    "partnership_id",
    "loop_no",
    "round_no",
    "log_instrument_version_id",
    "invited_n",
    "submitted_n",
    "collection_mode",
    "item_id",
    "answer_code",
    "n",
]
Sheets = dict[str, list[list[str]]]


def team(number: int, *changed: str) -> list[str]:
    return [SCHOOL, f"T{number}", "grade", "01.08.2019", ""] if not changed else list(changed)


def version(number: int, start: str, end: str) -> list[str]:
    return ["AV-1", str(number), SCHOOL, "PS-1", "UH1", start, end, "ja", "ja", "ja", "ja", "3", "initial"]


def answer(item: str, code: str, n: int) -> list[str]:
    return [SCHOOL, "PS-1", "1", "1", "LOGG-v1", "20", "9", "link", item, code, str(n)]


@dataclass(frozen=True)
class Fault:
    """Sheets with one fault, and what must be told of it. `landed` and `held` are rows."""

    sheets: Sheets
    rule: str
    sheet: str
    row: int | None = None
    column: str | None = None
    found: str = ""
    expected: tuple[str, str, str] = ("", "", "")
    landed: int = 0
    held: int = 0


GOOD = {"agreement_plan_years": [PLAN, ["AV-1", "1", "1", "2"]]}
FAULTS = {
    "wrong sheet": Fault(
        GOOD | {"sider": [["a", "b"], ["1", "2"]]},
        "wrong_sheet",
        "sider",
        expected=("teams", "teams", "teams"),
        landed=1,
    ),
    "missing column": Fault(
        GOOD | {"teams": [TEAMS[:3], team(1)[:3]]},
        "missing_column",
        "teams",
        column="valid_from",
        expected=("skal ha", "skal ha", "must have"),
        landed=1,
        held=1,
    ),
    "a title above the header": Fault(
        GOOD | {"teams": [["Våre team", "", "", "", ""], TEAMS, team(1)]},
        "missing_column",
        "teams",
        expected=("første rad", "første rad", "first row"),
        landed=1,
        held=1,
    ),
    "doubled column": Fault(
        GOOD | {"teams": [[*TEAMS, " team_id "], [*team(1), "T1"]]},
        "doubled_column",
        "teams",
        column=" team_id ",
        expected=("Behold én", "Behald éin", "Keep one"),
        landed=1,
        held=1,
    ),
    "wrong type": Fault(
        {"agreement_plan_years": [PLAN, ["AV-1", "1", "to", "2"], ["AV-1", "1", "2", "2"]]},
        "type",
        "agreement_plan_years",
        2,
        "partnership_year_no",
        "to",
        ("et helt tall", "eit heilt tal", "a whole number"),
        1,
        1,
    ),
    "a thousand with a point": Fault(
        {"agreement_plan_years": [PLAN, ["AV-1", "1", "1", "1.000"], ["AV-1", "1", "2", "2,0"]]},
        "type",
        "agreement_plan_years",
        2,
        "planned_loops",
        "1.000",
        ("et helt tall", "eit heilt tal", "a whole number"),
        1,
        1,
    ),
    "a day that is not": Fault(
        {"teams": [TEAMS, team(1), [*team(2)[:3], "31.02.2020", ""]]},
        "type",
        "teams",
        3,
        "valid_from",
        "31.02.2020",
        ("en dato som", "ein dato som", "a date such as"),
        1,
        1,
    ),
    "outside its list": Fault(
        {"teams": [TEAMS, [SCHOOL, "T1", "klubb", "01.08.2019", ""], team(2)]},
        "one_of",
        "teams",
        2,
        "team_kind",
        "klubb",
        ("Trinnteam (grade)", "Trinnteam (grade)", "Grade team (grade)"),
        1,
        1,
    ),
    "date before the start": Fault(
        {"teams": [TEAMS, [*team(1)[:4], "01.07.2019"], team(2)]},
        "not_before",
        "teams",
        2,
        "valid_to",
        "01.07.2019",
        (
            "samme dag som eller etter valid_from",
            "same dag som eller etter valid_from",
            "on or after valid_from",
        ),
        1,
        1,
    ),
    "sum that does not match": Fault(
        {"log_counts": [LOG, answer("a", "1", 4), answer("a", "2", 4), answer("b", "1", 9)]},
        "sums_to",
        "log_counts",
        2,
        "n",
        "8",
        (
            "9, som i kolonnen «submitted_n»",
            "9, som i kolonnen «submitted_n»",
            "9, as in the column “submitted_n”",
        ),
        1,
        2,
    ),
    "duplicate key": Fault(
        {"teams": [TEAMS, team(1), team(2), team(1)]},
        "unique_key",
        "teams",
        4,
        "valid_from",
        "T1",
        (
            "i rad 2, men det skal være bare én rad",
            "i rad 2, men det skal vere berre éi rad",
            "in row 2, but there must be only one row",
        ),
        1,
        2,
    ),
    "two agreements at once": Fault(
        {
            "agreement_versions": [
                VERSIONS,
                version(1, "01.08.2019", "31.12.2020"),
                version(2, "01.08.2020", ""),
            ]
        },
        "no_overlap",
        "agreement_versions",
        3,
        "valid_from",
        "01.08.2020",
        ("kan ikke gjelde samtidig", "kan ikkje gjelde samtidig", "cannot be in force at once"),
        1,
        1,
    ),
    "another school's row": Fault(
        {"teams": [TEAMS, team(1), ["998870038", *team(2)[1:]]]},
        "other_school",
        "teams",
        3,
        "school_id",
        "998870038",
        (SCHOOL, SCHOOL, SCHOOL),
        1,
        1,
    ),
    "empty where it must be filled in": Fault(
        {"teams": [TEAMS, team(1), [SCHOOL, "T2", "", "01.08.2019", ""]]},
        "required",
        "teams",
        3,
        "team_kind",
        "",
        ("fylt ut", "fylt ut", "filled in"),
        1,
        1,
    ),
    "a very long cell": Fault(
        {"teams": [[*TEAMS, "team_label"], [*team(1), "x" * 30_000], [*team(2), "ok"]]},
        "max_length",
        "teams",
        2,
        "team_label",
        "x" * 80 + "…",
        ("høyst 60 tegn", "høgst 60 teikn", "at most 60 characters"),
        1,
        1,
    ),
    "a log with a further column": Fault(
        {"log_counts": [[*LOG, "kjonn"], [*answer("a", "1", 9), "K"]], **GOOD},
        "unknown_column",
        "log_counts",
        column="kjonn",
        expected=("answer_code", "answer_code", "answer_code"),
    ),
    "a log with cells beside its columns": Fault(
        {"log_counts": [[*LOG, ""], [*answer("a", "1", 9), ""], [*answer("b", "1", 9), "Kari"]], **GOOD},
        "unknown_cell",
        "log_counts",
        3,
        expected=("uten overskrift", "utan overskrift", "without a header"),
    ),
}


def as_csv(sheets: Sheets, encoding: str = "utf-8", line_end: str = "\r\n") -> dict[str, bytes]:
    parts = {}
    for name, rows in sheets.items():
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";", lineterminator=line_end).writerows(rows)
        parts[f"{name}.csv"] = buffer.getvalue().encode(encoding)
    return parts


def as_workbook(sheets: Sheets, hidden: tuple[str, ...] = ()) -> dict[str, bytes]:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for position, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, position, cell)
            if name in hidden:
                sheet.hide()
    return {"levering.xlsx": made.getvalue()}


def taken(
    parts: dict[str, bytes],
    name: str = "levering",
    registered: frozenset[str] | None = None,
    school: str | None = SCHOOL,
) -> Prepared:
    made, _ = prepare_or_refuse(Incoming(name, parts, "0"), school, registered, 20_000_000)
    # that there is no delivery sheet is told of each of these files, and is not what they are about
    made.findings = [f for f in made.findings if f.rule != "no_manifest"]
    return made


def rows_read(made: Prepared) -> int:
    return made.rows_landed + made.rows_held_back


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_one_finding_in_words(name: str, form: str) -> None:
    fault = FAULTS[name]
    made = taken(as_csv(fault.sheets) if form == "csv" else as_workbook(fault.sheets))
    (finding,) = made.findings
    sheet = fault.sheet + (".csv" if form == "csv" else "")
    assert (finding.rule, finding.sheet, finding.row_number, finding.severity) == (
        fault.rule,
        sheet,
        fault.row,
        "error",
    )
    assert (made.rows_landed, made.rows_held_back) == (fault.landed, fault.held)
    assert made.rejected == (fault.landed == 0)
    for language, row, expected in zip(
        ("nb", "nn", "en"), ("rad", "rad", "row"), fault.expected, strict=True
    ):
        said = finding.message[language]
        assert said.endswith(".")
        for part in (
            "levering",
            sheet,
            f"{row} {fault.row}" if fault.row else "",
            fault.column or "",
            fault.found,
            expected,
        ):
            assert part in said, said
        assert len(said) < 900
    if fault.column and fault.row:
        assert finding.column == fault.column
    assert len({finding.message[language] for language in ("nb", "nn", "en")}) == 3


WHOLE = {
    "unknown format": ({"brev.txt": b"hei"}, "unknown_format"),
    "picture": ({"bilde.png": b"\x89PNG"}, "picture_alone"),
    "letter": ({"brev.pdf": b"%PDF-1.7"}, "letter_alone"),
    "program": ({"spill.exe": b"MZ"}, "unsafe_file"),
    "sound": ({"opptak.m4a": b"\x00"}, "sound_file"),
    "empty file": ({"teams.csv": b""}, "empty_file"),
    "only blank lines": ({"teams.csv": b"\r\n\r\n"}, "empty_file"),
    "header alone": (as_csv({"teams": [TEAMS]}), "empty_file"),
    "header alone, workbook": (as_workbook({"teams": [TEAMS]}), "empty_file"),
    "school that is not registered": (as_csv({"teams": [TEAMS, team(1)]}), "school_not_registered"),
    "school that is not registered, workbook": (
        as_workbook({"teams": [TEAMS, team(1)]}),
        "school_not_registered",
    ),
    "one kind on two sheets": (
        as_workbook({"teams": [TEAMS, team(1)], "Team": [TEAMS, team(2)]}),
        "doubled_sheet",
    ),
    "one kind in two files": (as_csv({"teams": [TEAMS, team(1)], "Team": [TEAMS, team(2)]}), "doubled_sheet"),
    "quote without an end": (
        {"teams.csv": ";".join(TEAMS).encode() + b'\n998870011;"T1;grade\n'},
        "open_quote",
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_concerns_a_whole_file_is_one_finding(name: str) -> None:
    parts, rule = WHOLE[name]
    made = taken(parts, registered=frozenset({"1"}) if rule == "school_not_registered" else None)
    (finding,) = made.findings
    assert finding.rule == rule
    assert made.rejected
    assert made.landed == {}
    assert len({finding.message[language] for language in ("nb", "nn", "en")}) == 3


TWO = {"teams": [[*TEAMS, "team_label"], [*team(1), "Små\u00a0å"], [*team(2), "B"]]}
LIKE = {
    "CRLF and BOM": as_csv(TWO, "utf-8-sig"),
    "carriage returns alone": as_csv(TWO, line_end="\r"),
    "UTF-16": as_csv(TWO, "utf-16"),
    "Windows-1252": as_csv(TWO, "cp1252"),
    "letters in two parts": {
        name: unicodedata.normalize("NFD", data.decode()).encode() for name, data in as_csv(TWO).items()
    },
    "sep= in the first line": {name: b"sep=;\r\n" + data for name, data in as_csv(TWO).items()},
    "spaces around headers": as_csv({"teams": [[f" {h}  " for h in TWO["teams"][0]], *TWO["teams"][1:]]}),
    "a line break in a header": {
        "teams.csv": as_csv(TWO)["teams.csv"].replace(b"team_label", b'"Teamnavn\n(internt)"')
    },
    "all quoted": {"teams.csv": "\n".join(";".join(f'"{c}"' for c in row) for row in TWO["teams"]).encode()},
    "workbook": as_workbook(TWO),
    "workbook with an empty sheet of its own": as_workbook({"Ark1": [], **TWO}),
    "hidden sheet": as_workbook({"Slik fyller du ut": [["x"]], **TWO}, hidden=("teams",)),
}


@pytest.mark.parametrize("name", LIKE)
def test_as_spreadsheets_write_it_the_rows_are_the_same(name: str) -> None:
    made = taken(LIKE[name])
    assert made.findings == []
    rows = made.landed["teams"].select("team_id", "team_label", "team_kind").rows()
    assert rows == [("T1", "Små å", "grade"), ("T2", "B", "grade")]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_lines_with_nothing_in_them_are_no_rows_and_keep_their_numbers(form: str) -> None:
    empty = [""] * len(TEAMS)
    sheets = {"teams": [TEAMS, team(1), empty, [*team(2)[:3], "i fjor", ""], empty, empty]}
    made = taken(as_csv(sheets) if form == "csv" else as_workbook(sheets))
    (finding,) = made.findings
    assert finding.row_number == 4
    assert (made.rows_landed, made.rows_held_back) == (1, 1)


def test_a_line_break_in_a_cell_is_one_row_as_in_the_spreadsheet() -> None:
    rows = [[*TEAMS, "team_label"], [*team(1), "linje\nto; og «mer»"], [*team(2)[:3], "i fjor", "", "x"]]
    made = taken(as_csv({"teams": rows}))
    assert [f.row_number for f in made.findings] == [3]
    assert made.landed["teams"]["team_label"].to_list() == ["linje\nto; og «mer»"]


def test_merged_cells_are_empty_below_the_first() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet("teams")
        sheet.write_row(0, 0, TEAMS)
        for number in (1, 2):
            sheet.write_row(number, 0, team(number)[:2])
            sheet.write_row(number, 3, team(number)[3:])
        sheet.merge_range(1, 2, 2, 2, "grade")
    found = taken({"levering.xlsx": made.getvalue()})
    assert [(f.rule, f.row_number, f.column) for f in found.findings] == [("merged_cells", 3, "team_kind")]
    assert "cellene C2:C3 er slått sammen" in found.findings[0].message.nb
    assert (found.rows_landed, found.rows_held_back) == (1, 1)


def test_a_column_beside_the_known_ones_is_told_and_not_read() -> None:
    named = taken(as_csv({"teams": [[*TEAMS, "farge"], [*team(1), "blå"]]}))
    nameless = taken(as_csv({"teams": [TEAMS, [*team(1), "hemmelig"]]}))
    assert [(f.rule, f.severity) for f in named.findings + nameless.findings] == [
        ("ignored_column", "warning"),
        ("ignored_cell", "warning"),
    ]
    assert "hemmelig" not in str(nameless.findings)
    assert (rows_read(named), rows_read(nameless)) == (1, 1)


def test_findings_call_columns_what_the_sender_calls_them() -> None:
    header = ["Skole-ID", "Team-ID", "Type team", "Gyldig fra", "Gyldig til"]
    (finding,) = taken(
        as_csv({"teams": [header, [SCHOOL, "T1", "Trinnteam", "01.08.2020", "01.08.2019"], team(2)]})
    ).findings
    assert finding.column == "Gyldig til"
    assert "etter «Gyldig fra»" in finding.message.nb
    assert "valid_" not in finding.message.nb


def test_a_row_held_for_its_own_reason_leaves_a_word_for_those_it_is_summed_with() -> None:
    made = taken(
        as_csv(
            {
                "log_counts": [
                    LOG,
                    answer("a", "1", 4),
                    [*answer("a", "2", 5)[:-1], "fem"],
                    answer("b", "1", 9),
                ]
            }
        )
    )
    assert [(f.rule, f.row_number) for f in made.findings] == [("sums_to", 2), ("type", 3)]
    assert (made.rows_landed, made.rows_held_back) == (1, 2)


def test_a_small_file_leaves_the_limit_of_others_as_it_is() -> None:
    before = csv.field_size_limit()
    grid(b'name;note\n"a";"b"\n')
    assert csv.field_size_limit() >= before


def test_a_header_without_end_is_read() -> None:
    assert grid(b"n" * 190_000 + b";x\n1;2\n").frame.height == 1
