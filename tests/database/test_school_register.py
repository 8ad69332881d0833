"""The national school register into dated versions: numbers mended and checked, names and owners kept, bad
rows told."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import psycopg
import pytest
from conftest import fresh_database

from innenfra.database import local
from innenfra.demo.network import organisation_numbers
from innenfra.registers import load_klass
from innenfra.school_register import (
    RegisterReceipt,
    is_school_register,
    load_school_register,
    mend_number,
    valid_numbers,
)

# the list's columns, as its interface names them
COLUMNS = (
    "Orgnr",
    "Navn",
    "Karakteristikk",
    "Fylkesnr",
    "Kommunenr",
    "ErAktiv",
    "ErSkole",
    "ErGrunnskole",
    "ErVideregaaendeSkole",
    "ErPrivatskole",
    "ErOffentligSkole",
    "ErSpesialskole",
)
NUMBERS = organisation_numbers("9912")
OSLO, BERGEN, FOUNDATION = NUMBERS[900:903]
FIRST, SECOND = dt.date(2025, 8, 1), dt.date(2026, 8, 1)


def unit(number: int, name: str, municipality: str = "0301", **more: object) -> dict[str, Any]:
    return {
        "Orgnr": NUMBERS[number],
        "Navn": name,
        "Karakteristikk": "",
        "Fylkesnr": municipality[:2],
        "Kommunenr": municipality,
        "ErAktiv": True,
        "ErSkole": True,
        "ErGrunnskole": True,
        "ErVideregaaendeSkole": False,
        "ErPrivatskole": False,
        "ErOffentligSkole": True,
        "ErSpesialskole": False,
    } | more


def write_csv(path: Path, units: list[dict[str, Any]]) -> Path:
    """As a Norwegian spreadsheet saves it: semicolons, Windows-1252."""
    with path.open("w", encoding="cp1252", newline="") as handle:
        writer = csv.DictWriter(
            handle, [*COLUMNS, *({n for one in units for n in one} - set(COLUMNS))], delimiter=";", restval=""
        )
        writer.writeheader()
        writer.writerows(units)
    return path


@pytest.fixture
def url(server: local.Server) -> str:
    """An empty platform with KLASS 131 and two municipal owners and a private one."""
    made = fresh_database(server)
    load_klass(made)
    with psycopg.connect(made) as connection:
        connection.cursor().executemany(
            "insert into register.school_owner (owner_id, valid_from, name, owner_type, municipality_no)"
            " values (%s, '2010-01-01', %s, %s, %s)",
            [
                (OSLO, "Oslo kommune", "municipality", "0301"),
                (BERGEN, "Bergen kommune", "municipality", "4601"),
                (FOUNDATION, "En stiftelse", "private", None),
            ],
        )
    return made


def versions(url: str, number: int) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "select name, owner_id, municipality_no, valid_from, valid_to from register.school where"
            " school_id = %s order by valid_from",
            (NUMBERS[number],),
        ).fetchall()


def everything(url: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute("select * from register.school order by 1, 2").fetchall()


def counts(receipt: RegisterReceipt) -> tuple[int, ...]:
    """Added, changed, closed, unchanged, passed over, held back; together they are all that was read."""
    found = (
        receipt.added,
        receipt.changed,
        receipt.closed,
        receipt.unchanged,
        receipt.passed_over,
        receipt.held_back,
    )
    assert sum(found) == receipt.rows_read
    return found


def test_first_list_and_the_same_again(url: str, tmp_path: Path) -> None:
    units = [
        unit(0, "Åsen skole"),
        unit(1, "Berg skole"),
        unit(2, "Berg skole", "4601"),
        unit(3, "Bydel barnehage", ErSkole=False),
        unit(4, "Nedlagt skole", ErAktiv=False),
    ]
    path = write_csv(tmp_path / "nsr.csv", units)
    assert is_school_register(path)
    receipt = load_school_register(path, url, FIRST)
    assert counts(receipt) == (3, 0, 0, 0, 2, 0)
    assert receipt.findings == []
    assert versions(url, 0) == [("Åsen skole", OSLO, "0301", FIRST, None)]
    # the same name in two municipalities is two schools
    assert versions(url, 1)[0][1] == OSLO
    assert versions(url, 2)[0][1] == BERGEN
    before = everything(url)
    assert len(before) == 3
    assert counts(load_school_register(path, url, FIRST)) == (0, 0, 0, 3, 2, 0)
    assert counts(load_school_register(path, url, SECOND)) == (0, 0, 0, 3, 2, 0)
    assert everything(url) == before


def test_a_new_name_and_a_new_owner_are_new_versions(url: str, tmp_path: Path) -> None:
    load_school_register(
        write_csv(
            tmp_path / "a.csv", [unit(0, "Ski ungdomsskole"), unit(1, "Berg skole"), unit(2, "Fjell skole")]
        ),
        url,
        FIRST,
    )
    second = [
        unit(0, "Magasinparken ungdomsskole"),
        unit(1, "Berg skole", EierOrgnr=FOUNDATION, ErPrivatskole=True),
        unit(2, "Fjell skole", ErAktiv=False),
    ]
    receipt = load_school_register(write_csv(tmp_path / "b.csv", second), url, SECOND)
    assert counts(receipt) == (0, 2, 1, 0, 0, 0)
    assert versions(url, 0) == [
        ("Ski ungdomsskole", OSLO, "0301", FIRST, SECOND),
        ("Magasinparken ungdomsskole", OSLO, "0301", SECOND, None),
    ]
    assert versions(url, 1) == [
        ("Berg skole", OSLO, "0301", FIRST, SECOND),
        ("Berg skole", FOUNDATION, "0301", SECOND, None),
    ]
    assert versions(url, 2) == [("Fjell skole", OSLO, "0301", FIRST, SECOND)]
    before = everything(url)
    assert counts(load_school_register(tmp_path / "b.csv", url, SECOND)) == (0, 0, 0, 3, 0, 0)
    assert everything(url) == before
    with psycopg.connect(url) as connection:
        codes = connection.execute(
            "select school_id, count(distinct school_code) from register.school group by 1"
        ).fetchall()
        different = connection.execute("select count(distinct school_code) from register.school").fetchone()
    assert {n for _, n in codes} == {1}
    assert different == (3,)


def test_a_school_that_opens_again_has_a_gap(url: str, tmp_path: Path) -> None:
    third = dt.date(2027, 8, 1)
    for day, active in ((FIRST, True), (SECOND, False), (third, True)):
        load_school_register(write_csv(tmp_path / "a.csv", [unit(0, "Åsen skole", ErAktiv=active)]), url, day)
    assert [v[3:] for v in versions(url, 0)] == [(FIRST, SECOND), (third, None)]


def test_lost_zeros_and_numbers_as_spreadsheets_leave_them_are_mended(url: str, tmp_path: Path) -> None:
    units = [
        unit(0, "Åsen skole", Kommunenr="301"),
        unit(1, "Berg skole", Orgnr=f"{NUMBERS[1][:3]}\u00a0{NUMBERS[1][3:6]} {NUMBERS[1][6:]}"),
        unit(2, "Fjell skole", Orgnr=NUMBERS[2] + ".0"),
    ]
    receipt = load_school_register(write_csv(tmp_path / "a.csv", units), url, FIRST)
    assert counts(receipt) == (3, 0, 0, 0, 0, 0)
    assert versions(url, 0)[0][2] == "0301"
    (finding,) = receipt.findings
    assert (finding.rule, finding.severity, finding.row_number, finding.column, finding.value_shown) == (
        "mended_number",
        "warning",
        2,
        "Kommunenr",
        "301",
    )
    assert (
        finding.message.nb
        == "a.csv, ark «NSR», rad 2, kolonne «Kommunenr»: fant «301» og leste det som «0301». Lagre kolonnen"
        " som tekst neste gang."
    )
    assert "las det som" in finding.message.nn
    assert "read it as" in finding.message.en


BAD = [
    (unit(0, "A", Orgnr="998870012"), "organisation_number", "Orgnr", "riktig kontrollsiffer"),
    (unit(0, "A", Orgnr="12345"), "organisation_number", "Orgnr", "ni siffer"),
    (unit(0, "A", Orgnr=""), "organisation_number", "Orgnr", "feltet er tomt"),
    (unit(0, ""), "required", "Navn", "skolens navn"),
    (unit(0, "A", "9998"), "known_municipality", "Kommunenr", "KLASS 131"),
    (unit(0, "A", "3907"), "known_owner", "EierOrgnr", "school_owner.csv"),
    (unit(0, "A", ErPrivatskole=True), "known_owner", "EierOrgnr", "school_owner.csv"),
    (unit(0, "A", EierOrgnr="998870012"), "organisation_number", "EierOrgnr", "riktig kontrollsiffer"),
    (unit(0, "A", EierOrgnr=NUMBERS[950]), "known_owner", "EierOrgnr", "registrert skoleeier"),
]


@pytest.mark.parametrize(
    ("bad", "rule", "column", "words"), BAD, ids=[f"{b[1]}-{n}" for n, b in enumerate(BAD)]
)
def test_a_bad_row_is_held_back_and_told_and_the_others_load(
    url: str, tmp_path: Path, bad: dict[str, Any], rule: str, column: str, words: str
) -> None:
    receipt = load_school_register(write_csv(tmp_path / "a.csv", [bad, unit(1, "Berg skole")]), url, FIRST)
    assert counts(receipt) == (1, 0, 0, 0, 0, 1)
    (finding,) = receipt.findings
    assert (finding.rule, finding.column, finding.row_number, finding.severity, finding.owner) == (
        rule,
        column,
        2,
        "error",
        "platform",
    )
    assert words in finding.message.nb
    assert len({finding.message.nb, finding.message.nn, finding.message.en}) == 3
    assert [v[0] for v in versions(url, 1)] == ["Berg skole"]
    assert json.loads(json.dumps(receipt.as_json(), default=str))["held_back"] == 1


def test_a_number_with_two_names_counts_once(url: str, tmp_path: Path) -> None:
    receipt = load_school_register(
        write_csv(tmp_path / "a.csv", [unit(0, "Herøy ungdomsskule"), unit(0, "Ytre Herøy ungdomsskule")]),
        url,
        FIRST,
    )
    assert counts(receipt) == (1, 0, 0, 0, 0, 1)
    assert [(f.rule, f.row_number) for f in receipt.findings] == [("unique_key", 3)]
    assert [v[0] for v in versions(url, 0)] == ["Herøy ungdomsskule"]


def test_an_older_list_does_not_rewrite_a_newer_version(url: str, tmp_path: Path) -> None:
    load_school_register(write_csv(tmp_path / "a.csv", [unit(0, "Nytt navn")]), url, SECOND)
    receipt = load_school_register(write_csv(tmp_path / "b.csv", [unit(0, "Gammelt navn")]), url, FIRST)
    assert counts(receipt) == (0, 0, 0, 0, 0, 1)
    assert receipt.findings[0].rule == "newer_than_register"
    assert [v[0] for v in versions(url, 0)] == ["Nytt navn"]


def test_json_of_the_interface_with_other_case(url: str, tmp_path: Path) -> None:
    path = tmp_path / "enheter.json"
    units = [
        {name.replace("ErGrunnskole", "ErGrunnSkole"): value for name, value in unit(0, "Åsen skole").items()}
    ]
    path.write_text(json.dumps({"Sidenummer": 1, "AntallSider": 1, "EnhetListe": units}), encoding="utf-8")
    assert is_school_register(path)
    assert counts(load_school_register(path, url, FIRST)) == (1, 0, 0, 0, 0, 0)
    assert versions(url, 0)[0][:3] == ("Åsen skole", OSLO, "0301")


def test_a_register_file_of_our_own_is_no_list_of_schools(tmp_path: Path) -> None:
    path = tmp_path / "school.csv"
    path.write_text("school_id,valid_from,name\n", encoding="utf-8")
    assert not is_school_register(path)


def test_check_digits_agree_with_the_rule_written_out() -> None:
    """MOD11 by hand on a thousand numbers, right and wrong ones."""
    chance = random.Random(11)
    numbers = [f"{chance.choice('89')}{chance.randrange(10**8):08d}" for _ in range(1000)] + NUMBERS[:50]
    by_hand = set()
    for number in numbers:
        control = 11 - sum(int(d) * w for d, w in zip(number[:8], (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
        if control != 10 and str(control % 11) == number[8]:
            by_hand.add(number)
    assert valid_numbers(numbers) == by_hand
    assert 100 < len(by_hand) < 250


@pytest.mark.parametrize(
    ("text", "digits", "expected"),
    [
        ("301", 4, "0301"),
        ("0301", 4, "0301"),
        ("3 01", 4, "0301"),
        ("301.0", 4, "0301"),
        ("31", 4, "31"),
        ("x01", 4, "x01"),
    ],
)
def test_numbers_are_mended_only_where_one_zero_is_lost(text: str, digits: int, expected: str) -> None:
    assert mend_number(text, digits) == expected


def list_language_forms(url: str) -> list[tuple[str, str | None, int]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "select school_id, max(language_form), count(*)::int from register.school group by 1 order by 1"
        ).fetchall()


def test_the_language_form_is_kept_and_makes_no_new_version(url: str, tmp_path: Path) -> None:
    units = [unit(n, f"Skole {n}") for n in range(4)]
    forms: list[object] = [
        {"Id": "1", "Navn": "Nynorsk"},
        {"Id": "2", "Navn": "Bokmål"},
        None,
        {"Navn": "Samisk"},
    ]
    path = tmp_path / "list.json"
    path.write_text(json.dumps([one | {"Maalform": form} for one, form in zip(units, forms, strict=True)]))
    load_school_register(path, url, FIRST)
    ids = [one["Orgnr"] for one in units]
    assert list_language_forms(url) == sorted(
        (i, f, 1) for i, f in zip(ids, ("nn", "nb", None, None), strict=True)
    )
    # a list without it says nothing of it; a later one puts it right
    load_school_register(write_csv(tmp_path / "without.csv", units), url, SECOND)
    load_school_register(write_csv(tmp_path / "later.csv", [units[2] | {"Målform": "nynorsk"}]), url, SECOND)
    assert list_language_forms(url) == sorted(
        (i, f, 1) for i, f in zip(ids, ("nn", "nb", "nn", None), strict=True)
    )
