"""What people deliver: dialects that are read, and faults that are told. No database."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from innenfra.contracts.declare import codes_of, delivered_columns
from innenfra.contracts.deliveries import TEMPLATE_VERSION, delivery_tables
from innenfra.demo.sjosiden import package
from innenfra.demo.writing import write_folder, write_workbook
from innenfra.derive.template import write_template
from innenfra.formats import Incoming
from innenfra.ingest.prepare import Prepared, prepare
from innenfra.ingest.typed import read_cells

SCHOOL = "998870011"
LOG_HEADER = (
    "school_id;partnership_id;loop_no;round_no;log_instrument_version_id;invited_n;submitted_n;"
    "collection_mode;item_id;answer_code;n"
)
PLAN = b"agreement_id;version_no;partnership_year_no;planned_loops\nAV-1;1;1;2\n"


def taken(
    *parts: tuple[str, bytes], school: str | None = SCHOOL, registered: frozenset[str] | None = None
) -> Prepared:
    made = prepare(Incoming("levering", dict(parts), "0"), school, registered, 20_000_000)
    # that there is no delivery sheet is told of each of these files, and is not what they are about
    made.findings = [f for f in made.findings if f.rule != "no_manifest"]
    return made


def rules(made: Prepared) -> set[str]:
    return {f.rule for f in made.findings}


@pytest.mark.parametrize("dialect", [0, 1, 2])
def test_dialects_give_the_same_rows(tmp_path: Path, dialect: int) -> None:
    write_folder(tmp_path / "d", package(), dialect)
    made = taken(*((p.name, p.read_bytes()) for p in sorted((tmp_path / "d").iterdir())))
    assert not made.findings
    write_workbook(tmp_path / "w.xlsx", package())
    book = taken(("w.xlsx", (tmp_path / "w.xlsx").read_bytes()))
    assert not book.findings
    assert made.landed["loops"].drop("row_number").rows() == book.landed["loops"].drop("row_number").rows()
    assert book.rows_landed == made.rows_landed > 50


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019/20", "2019/20"),
        ("2019-2020", "2019/20"),
        ("19/20", "2019/20"),
        ("2019-20", "2019/20"),
        ("2019/2020", "2019/20"),
    ],
)
def test_school_years_as_people_write_them(written: str, read: str) -> None:
    made = taken(
        (
            "commitment_reviews.csv",
            b"agreement_id;version_no;commitment_no;school_year;assessed_by;result\n"
            + f"AV-1;1;1;{written};school;kept\n".encode(),
        )
    )
    assert made.landed["commitment_reviews"]["school_year"].to_list() == [read]


@pytest.mark.parametrize(
    "written",
    ["998870011", "998870011.0", "998870011,0", "998 870 011", "998\u00a0870\u00a0011", "9.98870011E8"],
)
def test_organisation_numbers_as_spreadsheets_write_them(written: str) -> None:
    row = f"{written};PS-1;1;1;L1;20;9;link;a;1;9"
    made = taken(("log_counts.csv", f"{LOG_HEADER}\n{row}\n".encode()))
    assert not made.findings
    assert made.landed["log_counts"]["school_id"].to_list() == [SCHOOL]


def test_windows_1252_and_labels_for_codes() -> None:
    data = (
        "Skole-ID;Team-ID;Type team;Gyldig fra;Teamnavn (internt)\n998870011;T1;Trinnteam;1.8.2019;Småtrinn"
        " æøå\n".encode("cp1252")
    )
    made = taken(("teams.csv", data))
    assert made.landed["teams"].select("team_kind", "team_label", "valid_from").row(0)[:2] == (
        "grade",
        "Småtrinn æøå",
    )
    assert str(made.landed["teams"]["valid_from"][0]) == "2019-08-01"


FAULTS = {
    "unknown_format": (("bilde.txt", b"hei"),),
    "empty_file": (("loops.csv", b""),),
    "wrong_sheet": (("sider.csv", b"a;b\n1;2\n"),),
    "missing_column": (("agreement_plan_years.csv", b"agreement_id;version_no\nAV-1;1\n"),),
    "doubled_column": (
        (
            "agreement_plan_years.csv",
            b"agreement_id;version_no;version_no;partnership_year_no;planned_loops\nAV-1;1;1;1;2\n",
        ),
    ),
    "type": (("agreement_plan_years.csv", PLAN + b"AV-1;1;to;2\n"),),
    "one_of": (
        (
            "commitment_reviews.csv",
            b"agreement_id;version_no;commitment_no;school_year;assessed_by;result\n"
            b"AV-1;1;1;2019/20;school;super\n",
        ),
    ),
    "not_before": (
        (
            "teams.csv",
            b"school_id;team_id;team_kind;valid_from;valid_to\n998870011;T1;grade;2020-01-01;2019-01-01\n",
        ),
    ),
    "sums_to": (("log_counts.csv", f"{LOG_HEADER}\n{SCHOOL};PS-1;1;1;L1;20;9;link;a;1;8\n".encode()),),
    "unique_key": (("agreement_plan_years.csv", PLAN + b"AV-1;1;1;3\n"),),
    "required": (("agreement_plan_years.csv", PLAN + b"AV-1;1;2;\n"),),
    "unknown_column": (
        ("log_counts.csv", f"{LOG_HEADER};team\n{SCHOOL};PS-1;1;1;L1;20;9;link;a;1;9;T1\n".encode()),
    ),
    "unsafe_file": (("makro.xlsm", b"PK\x03\x04"),),
    "other_school": (
        ("teams.csv", b"school_id;team_id;team_kind;valid_from\n998870038;T1;grade;2020-01-01\n"),
    ),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_is_told_in_three_languages(rule: str) -> None:
    made = taken(*FAULTS[rule])
    assert rules(made) == {rule}
    message = made.findings[0].message
    assert len({message.nb, message.en}) == 2
    for finding in made.findings:
        if finding.row_number is not None:
            assert f"rad {finding.row_number}" in finding.message.nb
            assert finding.column in finding.message.en


def test_good_rows_land_beside_bad_ones() -> None:
    made = taken(("agreement_plan_years.csv", PLAN + b"AV-1;1;to;2\nAV-1;1;3;2\n"))
    assert (made.rows_landed, made.rows_held_back) == (2, 1)
    (finding,) = made.findings
    assert (finding.row_number, finding.column, finding.value_shown) == (3, "partnership_year_no", "to")


def test_overlapping_agreements() -> None:
    head = (
        "agreement_id;version_no;school_id;partnership_id;institution_ids;valid_from;valid_to;"
        "has_goals;has_frames;has_roles;has_organisation;planned_years;change_reason\n"
    )
    row = "AV-1;{n};998870011;PS-1;UH1;{a};{b};ja;ja;ja;ja;3;initial\n"
    made = taken(
        (
            "agreement_versions.csv",
            (
                head + row.format(n=1, a="2019-08-01", b="2020-12-31") + row.format(n=2, a="2020-08-01", b="")
            ).encode(),
        )
    )
    assert rules(made) == {"no_overlap"}


def test_school_that_is_not_registered() -> None:
    assert rules(taken(("agreement_plan_years.csv", PLAN), registered=frozenset({"1"}))) == {
        "school_not_registered"
    }


def test_nettskjema_becomes_counts_and_nothing_else(fixtures: Path) -> None:
    folder = fixtures / "nettskjema" / "round1"
    made = taken(*((p.name, p.read_bytes()) for p in sorted(folder.iterdir())), school=None)
    assert not made.findings
    counts = made.landed["log_counts"]
    assert counts["item_id"].n_unique() > 5
    assert set(counts.group_by("item_id").agg(pl.col("n").sum())["n"]) == {3}
    assert made.texts is not None
    assert sorted(made.texts["answer"]) == ["another answer", "some text"]
    everything = str({k: f.to_dicts() for k, f in made.landed.items()}) + str(made.findings)
    for secret in ("27685292", "2023-06-01T20", "74630", "sølvi.png", "2024-02-15"):
        assert secret not in everything


@pytest.mark.parametrize(
    ("without", "rule"), [("elements.json", "no_elements"), ("log_rounds.csv", "no_round_sheet")]
)
def test_what_a_nettskjema_export_lacks_is_told(fixtures: Path, without: str, rule: str) -> None:
    folder = fixtures / "nettskjema" / "round1"
    made = taken(
        *((p.name, p.read_bytes()) for p in sorted(folder.iterdir()) if p.name != without), school=None
    )
    assert [f.rule for f in made.findings] == [rule]
    assert (made.rejected, made.texts) == (True, None)


@pytest.mark.parametrize("other", ["ø.csv", "codebooks.csv"])
def test_one_file_type_in_two_parts_is_told_whatever_wrote_them(fixtures: Path, other: str) -> None:
    """The codebook of a tool twice, and beside the template's sheet: neither is left unread."""
    folder = fixtures / "formats" / "taguette" / "codebook"
    parts = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert taken(*parts.items()).landed["codebooks"].height == 2
    own = b"codebook_id;codebook_version_id;level;category;code\nSJO;SJO-v1;category;local;L1\n"
    made = taken(*parts.items(), (other, own if other == "codebooks.csv" else parts["codebook.csv"]))
    assert made.rejected
    assert rules(made) == {"doubled_sheet"}


def test_zip_bomb_and_entities_are_refused() -> None:
    bomb, entity = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    with zipfile.ZipFile(entity, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    for data in (bomb.getvalue(), entity.getvalue()):
        assert rules(taken(("fil.xlsx", data))) == {"unsafe_file"}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_template_is_read_by_the_parser(tmp_path: Path, language: str) -> None:
    for name in ("empty", "filled", "again"):
        write_template(tmp_path / f"{name}.xlsx", example=name != "empty", language=language)
    assert (tmp_path / "filled.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    made = taken(("mal.xlsx", (tmp_path / "filled.xlsx").read_bytes()))
    not_of_form = (
        "unsafe_file",
        "unreadable_file",
        "wrong_sheet",
        "missing_column",
        "doubled_column",
        "type",
        "one_of",
        "matches",
        "other_template",
    )
    assert [f.message.en for f in made.findings if f.rule in not_of_form] == []
    assert made.landed["team_loops"]["row_number"].to_list() == [3]
    assert rules(taken(("mal.xlsx", (tmp_path / "empty.xlsx").read_bytes()))) == {"empty_file"}


def test_the_template_has_a_guide_lists_and_a_hidden_version(tmp_path: Path) -> None:
    write_template(tmp_path / "mal.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "mal.xlsx"))
    sheets = {s.name: str(s.visible).rsplit(".", 1)[-1] for s in book.sheets_metadata}
    assert list(sheets)[:4] == ["Slik fyller du ut", "_innenfra", "manifest", "school_year"]
    assert [name for name, visible in sheets.items() if visible != "Visible"] == ["_innenfra"]
    assert set(sheets) - {"Slik fyller du ut", "_innenfra"} == set(delivery_tables())
    hidden = book.get_sheet_by_name("_innenfra").to_python()
    assert hidden[0][:2] == ["schema_version", TEMPLATE_VERSION]
    assert ["Holdt", "Delvis holdt", "Ikke holdt"] in [row[:3] for row in hidden]
    # every choice of every list is read as the code that it is the label of
    chosen = [
        c for table in delivery_tables().values() for c in delivered_columns(table) if codes_of(c) is not None
    ]
    assert len(chosen) > 50
    for column in chosen:
        codes = codes_of(column)
        assert codes is not None
        for language in ("nb", "nn", "en"):
            said = pl.DataFrame({column.name: [words[language] for words in codes.labels.values()]})
            assert read_cells(said, (column,)).to_series().to_list() == list(codes.codes), (column, language)
    with zipfile.ZipFile(tmp_path / "mal.xlsx") as archive:
        drawn = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert sum(text.count("<dataValidation ") for text in drawn) == len(chosen)


def test_a_workbook_of_another_version_is_read_and_told(tmp_path: Path) -> None:
    write_template(tmp_path / "mal.xlsx", example=True)
    with (
        zipfile.ZipFile(tmp_path / "mal.xlsx") as old,
        zipfile.ZipFile(tmp_path / "eldre.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            new.writestr(
                member, old.read(member).replace(f"<t>{TEMPLATE_VERSION}</t>".encode(), b"<t>0.9</t>")
            )
    made = taken(("eldre.xlsx", (tmp_path / "eldre.xlsx").read_bytes()))
    (told,) = [f for f in made.findings if f.rule == "other_template"]
    assert told.severity == "warning"
    assert "versjon 0.9" in told.message.nb
    assert made.rows_landed > 10
