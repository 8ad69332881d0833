"""The national school register (NSR) into the register of schools, as dated versions.

Belongs here: reading its list (CSV, or JSON as the interface gives it), judging each row, and the new
version that a changed name, owner or municipality makes.
Does not belong here: registers that the platform's own people write (`innenfra/registers.py`).

Schools are matched on organisation number alone: names are used in several municipalities, and change.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
from psycopg.rows import class_row

from innenfra.contracts.declare import metadata
from innenfra.contracts.rules import OrganisationNumber
from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.findings import (
    KNOWN_MUNICIPALITY,
    KNOWN_OWNER,
    NAMED,
    NEWER_THAN_REGISTER,
    ONCE,
    Finding,
    file_message,
    mended_message,
    value_finding_message,
)
from innenfra.formats import Incoming
from innenfra.formats.sheets import about, plain
from innenfra.formats.text import grid
from innenfra.formats.workbook import sheets_of
from innenfra.ingest import guard

NEEDED = ("orgnr", "navn", "kommunenr", "eraktiv", "erskole")
"""Columns without which a file is not the register's list; case differs between versions of the interface."""

_YES = ("true", "1", "ja", "sann", "yes")


@dataclass(frozen=True)
class Row:
    """One row as delivered; `cells` by column name in lower case, `row_number` as a spreadsheet shows it."""

    row_number: int
    cells: dict[str, str]

    def read_cell(self, column: str) -> str:
        """The cell without odd spaces; empty where there is none."""
        return " ".join(self.cells.get(column, "").replace("\u00a0", " ").split())

    def is_said(self, column: str) -> bool:
        """Whether a yes-or-no column says yes."""
        return self.read_cell(column).lower() in _YES


@dataclass(frozen=True)
class Version:
    """A school as the register of the platform has it, or is to have it."""

    school_id: str
    valid_from: dt.date
    name: str
    owner_id: str
    municipality_no: str
    school_code: str
    small_school: bool = False
    language_form: str | None = None
    valid_to: dt.date | None = None

    def says_the_same(self, other: Version) -> bool:
        """Whether both have the same name, owner and place, and neither is closed."""
        return (self.name, self.owner_id, self.municipality_no, self.valid_to) == (
            other.name,
            other.owner_id,
            other.municipality_no,
            other.valid_to,
        )


@dataclass(frozen=True)
class Known:
    """What the platform's registers hold: the newest version of each school, owners, municipality numbers."""

    schools: dict[str, Version]
    owners: frozenset[str]
    owner_of_municipality: dict[str, str]
    municipalities: frozenset[str]


@dataclass
class RegisterReceipt:
    """What became of a file of the register; every row read is in one of the counts after `rows_read`."""

    file_name: str
    rows_read: int = 0
    added: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: int = 0
    passed_over: int = 0
    held_back: int = 0
    findings: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The receipt as the command's JSON shows it."""
        return asdict(self)


# ---------------------------------------------------------------- reading


_CALLED = {
    "organisasjonsnummer": "orgnr",
    "orgnummer": "orgnr",
    "org.nr": "orgnr",
    "org.nr.": "orgnr",
    "kommunenummer": "kommunenr",
    "skolenavn": "navn",
    "enhetsnavn": "navn",
    "aktiv": "eraktiv",
    "eierorganisasjonsnummer": "eierorgnr",
    "målform": "maalform",
}
"""Other names of the columns, in versions of the interface and in lists that people made from it."""
_LANGUAGE_FORMS = {"bokmål": "nb", "nynorsk": "nn"}
_LIKE_SCHOOLS = {"orgnr", "navn", "kommunenr"}


def is_school_register(path: Path) -> bool:
    """Whether a file is a list of the national register, by its columns. One that plainly is meant as it and
    lacks columns, or that is empty, is told of (UserError)."""
    if not path.is_file() or path.suffix.lower() not in (".csv", ".json", ".xlsx", ".xls", ".ods"):
        return False
    if f"register.{path.stem}" in metadata.tables:
        return False
    if not path.read_bytes().strip():
        raise UserError(file_message("empty_file", file=path.name))
    rows = read_rows(path)
    columns = set(rows[0].cells) if rows else set()
    missing = [name for name in NEEDED if name not in columns]
    if missing and path.suffix.lower() not in (".csv", ".json"):
        raise UserError(file_message("no_list_in_workbook", file=path.name, expected=", ".join(NEEDED)))
    if not missing or not columns >= _LIKE_SCHOOLS:
        return not missing
    raise UserError(file_message("no_school_list", file=path.name, expected=", ".join(missing)))


def read_rows(path: Path) -> list[Row]:
    """All rows of a CSV, workbook or JSON file; UserError where it is none of them."""
    data = path.read_bytes()
    ending = path.suffix.lower()
    if ending == ".json":
        listed = _read_json_list(data, path.name)
        return [Row(number, _read_cells(one)) for number, one in enumerate(listed, start=1)]
    if ending != ".csv":
        reason = guard.refusal(path.name, data, len(data))
        if reason is not None:
            raise UserError(guard.unsafe(path.name, path.name, reason).message)
        sheet = next(iter(sheets_of(Incoming(path.name, {path.name: data}, ""), path.name)), None)
        texts = sheet.texts if sheet is not None else []
        return [
            Row(number, _read_cells(dict(zip(map(str, texts[0]), row, strict=False))))
            for number, row in enumerate(texts[1:], start=2)
            if any(row)
        ]
    read = grid(data)
    columns = read.frame.select(
        "row_number", *(pl.col(f"c{i}").cast(pl.String) for i in range(len(read.headers)))
    )
    return [
        Row(number, _read_cells(dict(zip(read.headers, cells, strict=True))))
        for number, *cells in columns.rows()
    ]


def _read_cells(given: dict[Any, Any]) -> dict[str, str]:
    named = {
        plain(str(name)): "" if value is None else str(_read_name(value))
        for name, value in given.items()
        if name is not None
    }
    return {_CALLED.get(name, name): value for name, value in named.items()}


def _read_name(value: Any) -> Any:
    """What a value of the interface is called, where it is a unit of its own (`{"Id": "2", "Navn": …}`)."""
    if not isinstance(value, dict):
        return value
    return next((said for name, said in value.items() if plain(str(name)) == "navn"), "")


def _pages(path: Path) -> list[Finding]:
    """A word where a JSON file is one page of several."""
    if path.suffix.lower() != ".json":
        return []
    given = json.loads(path.read_bytes())
    said = {plain(name): value for name, value in given.items()} if isinstance(given, dict) else {}
    pages = said.get("antallsider")
    if not isinstance(pages, int) or pages < 2:
        return []
    found = str(said.get("sidenummer", "?"))
    return [about("one_page", path.name, severity="warning", found=found, expected=str(pages))]


def _read_json_list(data: bytes, file_name: str) -> list[dict[str, Any]]:
    """The units of a JSON list, or of the one list within a page of the interface."""
    try:
        given = json.loads(data)
    except ValueError:
        given = None
    lists = (
        [given]
        if isinstance(given, list)
        else [v for v in given.values() if isinstance(v, list)]
        if isinstance(given, dict)
        else []
    )
    if len(lists) != 1 or not all(isinstance(one, dict) for one in lists[0]):
        raise UserError(
            Words(
                nb=(
                    f"{file_name}: fant ingen liste over skoler. Hent listen på nytt fra Nasjonalt"
                    " skoleregister."
                ),
                nn=(
                    f"{file_name}: fann inga liste over skular. Hent lista på nytt frå Nasjonalt"
                    " skuleregister."
                ),
                en=(
                    f"{file_name}: there is no list of schools. Fetch the list again from the national school"
                    " register."
                ),
            )
        )
    return list(lists[0])


# ---------------------------------------------------------------- judging


def mend_number(text: str, digits: int) -> str:
    """A number as spreadsheets leave it, as text again: without spaces and decimals, with the zeros in front
    that were lost."""
    plain = text.replace(" ", "").removesuffix(".0").removesuffix(",0")
    return plain.zfill(digits) if plain.isdigit() and len(plain) == digits - 1 else plain


def valid_numbers(numbers: Iterable[str]) -> set[str]:
    """Those that are organisation numbers: nine digits whose last one checks (MOD11)."""
    frame = pl.DataFrame({"number": sorted(set(numbers))}, schema={"number": pl.String})
    return set(
        frame.filter((pl.col("number") != "") & OrganisationNumber().holds(pl.col("number")))["number"]
    )


def judge_rows(
    rows: Sequence[Row], known: Known, on: dt.date, file_name: str
) -> tuple[list[Version], RegisterReceipt]:
    """The schools as the file has them on a day, and the receipt with a finding for every row that is held
    back or was mended."""
    receipt = RegisterReceipt(file_name, rows_read=len(rows))
    numbers = valid_numbers(
        mend_number(row.read_cell(column), 9) for row in rows for column in ("orgnr", "eierorgnr")
    )
    found: dict[str, Version] = {}
    for row in rows:
        if not row.is_said("erskole"):
            receipt.passed_over += 1
            continue
        version, wrong = _make_version(row, known, on, numbers, found)
        receipt.findings += [_make_finding(file_name, row, *one) for one in wrong]
        municipality = mend_number(row.read_cell("kommunenr"), 4)
        if version is None:
            receipt.held_back += 1
            continue
        if municipality != row.read_cell("kommunenr"):
            receipt.findings.append(_make_mended_finding(file_name, row, "Kommunenr", municipality))
        found[version.school_id] = version
        before = known.schools.get(version.school_id)
        if before is None and version.valid_to:
            receipt.passed_over += 1
        elif before is None:
            receipt.added += 1
        elif before.says_the_same(version) or (before.valid_to and version.valid_to):
            receipt.unchanged += 1
        elif version.valid_to:
            receipt.closed += 1
        else:
            receipt.changed += 1
    return list(found.values()), receipt


Wrong = tuple[str, str, str, Words]
"""Rule, column, what stands there, and what it must be."""


def _make_version(
    row: Row, known: Known, on: dt.date, numbers: set[str], found: dict[str, Version]
) -> tuple[Version | None, list[Wrong]]:
    school_id, name, municipality = (
        mend_number(row.read_cell("orgnr"), 9),
        row.read_cell("navn"),
        mend_number(row.read_cell("kommunenr"), 4),
    )
    before = known.schools.get(school_id)
    owner, wrong_owner = _find_owner(row, known, municipality, before, numbers)
    wrong: list[Wrong] = []
    if school_id not in numbers:
        wrong.append(("organisation_number", "Orgnr", row.read_cell("orgnr"), OrganisationNumber().says()))
    elif school_id in found:
        wrong.append(("unique_key", "Orgnr", school_id, ONCE))
    elif before and before.valid_from > on:
        wrong.append(
            (
                "newer_than_register",
                "Orgnr",
                school_id,
                Words(
                    *(NEWER_THAN_REGISTER[lang].format(day=before.valid_from) for lang in ("nb", "nn", "en"))
                ),
            )
        )
    if not name:
        wrong.append(("required", "Navn", "", NAMED))
    if municipality not in known.municipalities:
        wrong.append(("known_municipality", "Kommunenr", row.read_cell("kommunenr"), KNOWN_MUNICIPALITY))
    elif wrong_owner:
        wrong.append(wrong_owner)
    if wrong or owner is None:
        return None, wrong
    closed = None if row.is_said("eraktiv") else on
    code, small = (before.school_code, before.small_school) if before else ("", False)
    # a list without the language form says nothing of it
    said = _LANGUAGE_FORMS.get(row.read_cell("maalform").lower())
    form = said or (before.language_form if before else None)
    return Version(school_id, on, name, owner, municipality, code, small, form, closed), []


def _find_owner(
    row: Row, known: Known, municipality: str, before: Version | None, numbers: set[str]
) -> tuple[str | None, Wrong | None]:
    """Whose the school is: as the row says, else its municipality's where it is a public primary school, else
    as before."""
    said = row.read_cell("eierorgnr")
    if said:
        owner = mend_number(said, 9)
        if owner not in numbers:
            return None, ("organisation_number", "EierOrgnr", said, OrganisationNumber().says())
        return (
            (owner, None)
            if owner in known.owners
            else (None, ("known_owner", "EierOrgnr", said, KNOWN_OWNER))
        )
    municipal = known.owner_of_municipality.get(municipality)
    if municipal and row.is_said("ergrunnskole") and not row.is_said("erprivatskole"):
        return municipal, None
    return (before.owner_id, None) if before else (None, ("known_owner", "EierOrgnr", "", KNOWN_OWNER))


def _make_finding(file_name: str, row: Row, rule: str, column: str, value: str, expected: Words) -> Finding:
    message = value_finding_message(file_name, "NSR", row.row_number, column, value, expected)
    return Finding(
        file_name, rule, "error", message, "platform", "school", "NSR", row.row_number, column, value or None
    )


def _make_mended_finding(file_name: str, row: Row, column: str, read_as: str) -> Finding:
    value = row.read_cell(column.lower())
    return Finding(
        file_name,
        "mended_number",
        "warning",
        mended_message(file_name, "NSR", row.row_number, column, value, read_as),
        "platform",
        "school",
        "NSR",
        row.row_number,
        column,
        value,
    )


# ---------------------------------------------------------------- storing


def load_school_register(path: Path, url: str, on: dt.date) -> RegisterReceipt:
    """Bring the register of schools to what the file says on a day, in one transaction. The same file again
    changes nothing."""
    rows = read_rows(path)
    with connect(url) as connection, connection.transaction():
        known = _read_known(connection)
        versions, receipt = judge_rows(rows, known, on, path.name)
        receipt.findings += _pages(path)
        _store(connection, versions, known)
    return receipt


def _read_known(connection: psycopg.Connection) -> Known:
    with connection.cursor(row_factory=class_row(Version)) as cursor:
        newest = cursor.execute(
            "select distinct on (school_id) school_id, valid_from, name, owner_id, municipality_no,"
            " school_code, small_school, language_form, valid_to from register.school order by school_id,"
            " valid_from desc"
        ).fetchall()
    owners = connection.execute(
        "select distinct on (owner_id) owner_id, owner_type, municipality_no from register.school_owner order"
        " by owner_id, valid_from desc"
    ).fetchall()
    numbers = connection.execute("select distinct municipality_no from register.municipality").fetchall()
    return Known(
        schools={one.school_id: one for one in newest},
        owners=frozenset(owner for owner, _, _ in owners),
        owner_of_municipality={
            number: owner for owner, kind, number in owners if kind == "municipality" and number
        },
        municipalities=frozenset(number for (number,) in numbers),
    )


def _store(connection: psycopg.Connection, versions: Iterable[Version], known: Known) -> None:
    codes = _next_codes(known)
    for version in sorted(versions, key=lambda one: one.school_id):
        before = known.schools.get(version.school_id)
        if before is None:
            if version.valid_to is None:
                _insert(connection, replace(version, school_code=next(codes)))
        elif version.valid_to:
            connection.execute(
                "update register.school set valid_to = %s where school_id = %s and valid_from = %s and"
                " valid_to is null",
                (version.valid_to, before.school_id, before.valid_from),
            )
        elif not before.says_the_same(version):
            connection.execute(
                "update register.school set valid_to = %s where school_id = %s and valid_from = %s and"
                " valid_from < %s and (valid_to is null or valid_to > %s)",
                (
                    version.valid_from,
                    before.school_id,
                    before.valid_from,
                    version.valid_from,
                    version.valid_from,
                ),
            )
            _insert(connection, version)
        elif before.language_form != version.language_form:
            # nothing is counted by it, so it makes no new version
            connection.execute(
                "update register.school set language_form = %s where school_id = %s and valid_from = %s",
                (version.language_form, before.school_id, before.valid_from),
            )


def _insert(connection: psycopg.Connection, version: Version) -> None:
    """A version of that day; one that is there already is put right."""
    connection.execute(
        "insert into register.school (school_id, valid_from, valid_to, name, owner_id, municipality_no,"
        " school_code, small_school, language_form) values (%(school_id)s, %(valid_from)s, %(valid_to)s,"
        " %(name)s, %(owner_id)s, %(municipality_no)s, %(school_code)s, %(small_school)s, %(language_form)s)"
        " on conflict (school_id, valid_from) do update set name = excluded.name, owner_id ="
        " excluded.owner_id, municipality_no = excluded.municipality_no, language_form ="
        " excluded.language_form, valid_to = excluded.valid_to",
        asdict(version),
    )


def _next_codes(known: Known) -> Iterator[str]:
    """Codes S01, S02 … that no school has yet."""
    taken = {one.school_code for one in known.schools.values()}
    number = 0
    while True:
        number += 1
        if f"S{number:02d}" not in taken:
            yield f"S{number:02d}"
