"""Registers as people send them: read as their spreadsheets wrote them, or told with row, column and
value."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import psycopg
import pytest
import xlsxwriter
from conftest import fresh_database

from innenfra.database import local
from innenfra.errors import UserError
from innenfra.registers import load_klass, load_registers
from innenfra.school_register import is_school_register, load_school_register

DAY = dt.date(2026, 8, 1)


@pytest.fixture(scope="module")
def url(server: local.Server) -> str:
    made = fresh_database(server)
    load_klass(made)
    with psycopg.connect(made) as connection:
        connection.execute(
            "insert into register.school_owner (owner_id, valid_from, name, owner_type, municipality_no)"
            " values ('998871026', '2010-01-01', 'Bodø kommune', 'municipality', '1804')"
        )
    return made


def case(fixtures: Path, number: str) -> Path:
    (folder,) = (fixtures / "field").glob(f"{number}-*")
    (path,) = folder.iterdir()
    return path


@pytest.mark.parametrize("number", ["421", "422"])
def test_a_register_as_norwegian_excel_saves_it(number: str, fixtures: Path, url: str) -> None:
    assert load_registers([case(fixtures, number)], url) == {"school_owner": 1}
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select name from register.school_owner where owner_id = '998871026' and valid_from ="
            " '2010-01-01'"
        ).fetchone()
    assert row == ("Bodø kommune",)


def test_dates_are_in_day_order(fixtures: Path, url: str) -> None:
    load_registers([case(fixtures, "427")], url)
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select valid_from from register.school_owner where owner_id = '998871999'"
        ).fetchone()
    assert row == (dt.date(2010, 4, 3),)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (
            "424",
            (
                "school.csv, rad 2, kolonne «valid_from»: fant «31.02.2020»",
                "kolonne «owner_id»: fant «999999999»",
            ),
        ),
        ("426", ("school_owner.csv, rad 2, kolonne «owner_type»: feltet er tomt", "kolonne «valid_from»")),
    ],
)
def test_every_fault_has_row_column_and_value(
    number: str, said: tuple[str, ...], fixtures: Path, url: str
) -> None:
    with pytest.raises(UserError) as told:
        load_registers([case(fixtures, number)], url)
    for part in said:
        assert part in told.value.words.nb


def test_a_folder_is_all_its_files(fixtures: Path, url: str, tmp_path: Path) -> None:
    shutil.copy(case(fixtures, "421"), tmp_path / "school_owner.csv")
    (tmp_path / "institution.csv").write_bytes(
        "institution_id;valid_from;name\nUH9;01.08.2010;Høgskolen\n".encode("cp1252")
    )
    (tmp_path / "~$institution.csv").write_bytes(b"\x00")
    assert load_registers([tmp_path], url) == {"school_owner": 1, "institution": 1}


def test_blank_lines_keep_the_rows_numbers(fixtures: Path, url: str) -> None:
    receipt = load_school_register(case(fixtures, "406"), url, DAY)
    (finding,) = receipt.findings
    assert finding.row_number == 6
    assert "rad 6, kolonne «Orgnr»" in finding.message.nb


def test_a_list_with_other_headers_is_told_what_it_lacks(fixtures: Path) -> None:
    with pytest.raises(UserError) as told:
        is_school_register(case(fixtures, "408"))
    assert "kolonnene eraktiv, erskole mangler" in told.value.words.nb


def test_a_page_of_the_interface_is_read_and_told_to_be_one(fixtures: Path, url: str) -> None:
    path = case(fixtures, "410")
    assert is_school_register(path)
    receipt = load_school_register(path, url, DAY)
    assert [f.message.nb for f in receipt.findings] == [
        "enheter.json: filen er side 1 av 3. De andre sidene må lastes inn også."
    ]
    assert receipt.rows_read == receipt.added + receipt.changed + receipt.unchanged == 1


def test_the_list_as_a_workbook_is_read(url: str, tmp_path: Path) -> None:
    path = tmp_path / "nsr.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Skoler")
        sheet.write_row(0, 0, ["Orgnr", "Navn", "Kommunenr", "ErAktiv", "ErSkole", "ErGrunnskole"])
        sheet.write_row(1, 0, [998870038, "Strandlia skole", "1804", True, True, True])
    assert is_school_register(path)
    receipt = load_school_register(path, url, DAY)
    assert (receipt.rows_read, receipt.held_back) == (1, 0)


def test_another_workbook_is_told_to_be_no_list(fixtures: Path) -> None:
    with pytest.raises(UserError) as told:
        is_school_register(case(fixtures, "411"))
    assert "Lagre listen som CSV" in told.value.words.nb


def test_an_empty_list_is_told_to_be_empty(fixtures: Path) -> None:
    with pytest.raises(UserError) as told:
        is_school_register(case(fixtures, "414"))
    assert "filen er tom" in told.value.words.nb
