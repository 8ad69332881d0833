"""From text cells to typed columns, for whole columns at once.

Belongs here: how each type is written in Norwegian spreadsheets, and codes written as labels.
Does not belong here: whether a value is acceptable (`innenfra/contracts/rules.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import polars as pl
import sqlalchemy as sa

from innenfra.contracts.declare import codes_of, column_rules
from innenfra.contracts.rules import Known, OrganisationNumber
from innenfra.contracts.vocabulary import FILE_TYPES, ID_FORM, ID_LIST_FORM, SCHOOL_YEAR_FORM
from innenfra.formats.sheets import INVISIBLE, LANGUAGES, plain, sheet_names

_KINDS: dict[type, pl.DataType | type[pl.DataType]] = {int: pl.Int32, dt.date: pl.Date, str: pl.String}


def kind_of(column: sa.Column[Any]) -> type:
    """int, float, date or str."""
    python_type = column.type.python_type
    return python_type if python_type in _KINDS else float


SPACES = "[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
"""Every kind of space but the plain one."""
DASHES = "[\u2010-\u2015\u2212]"
ERROR_CELL = (
    r"^#(?:REF!|N/A|I/T|VALUE!|VERDI!|DIV/0!|NAME\?|NAVN\?|NUM!|NULL!|SPILL!|OVERFLYT!|CALC!"
    r"|GETTING_DATA|###+)$"
)
"""What spreadsheets show where they cannot work out a value, in English and Norwegian."""
_WHOLE = r"^[+-]?(?:\d+|\d{1,3}(?: \d{3})+)$"
_DECIMAL = r"^[+-]?(?:\d+|\d{1,3}(?: \d{3})+)?(?:[.,]\d+)?(?:[eE][+-]?\d+)?$"
_DOTTED = r"^\d{3}\.\d{3}\.\d{3}$"


def cleaned(name: str) -> pl.Expr:
    """The cell without odd spaces and letters that nobody sees; an empty cell is null."""
    text = (
        pl.col(name)
        .str.replace_all(INVISIBLE.pattern, "")
        .str.replace_all(SPACES, " ")
        .str.strip_chars()
        .str.replace(r"^\x1a+$", "")
    )
    return pl.when(text == "").then(None).otherwise(text)


def mended(column: sa.Column[Any], text: pl.Expr) -> pl.Expr:
    """Whether the cell was read as something else than it says, where only one reading is possible. `text` is
    the cell cleaned."""
    cell = pl.col(column.name)
    odd = cell.str.contains(INVISIBLE.pattern)
    if _is_organisation_number(column):
        odd = odd | cell.str.contains(r"[\u2000-\u200a\u205f\u3000]") | text.str.contains(_DOTTED)
    elif _is_id(column):
        odd = odd | cell.str.contains(DASHES)
    return odd.fill_null(False)


def _is_organisation_number(column: sa.Column[Any]) -> bool:
    return any(isinstance(rule, OrganisationNumber) for rule in column_rules(column))


def _is_id(column: sa.Column[Any]) -> bool:
    return ID_FORM in column_rules(column) or ID_LIST_FORM in column_rules(column)


def typed(column: sa.Column[Any], text: pl.Expr) -> pl.Expr:
    """The value of a cleaned cell in its column's type; null where it is empty or cannot be read as a number
    or date."""
    kind = kind_of(column)
    if kind is int:
        whole = text.str.replace("[.,]0{1,2}$", "")
        return (
            pl.when(whole.str.contains(_WHOLE))
            .then(whole.str.replace_all(" ", ""))
            .str.to_integer(dtype=pl.Int32, strict=False)
        )
    if kind is float:
        number = (
            text.str.replace_all(" ", "").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        )
        # "nan" and "inf" are no numbers that somebody counted, and two numbers are not one
        return pl.when(number.is_finite() & text.str.contains(_DECIMAL)).then(number)
    if kind is dt.date:
        return pl.coalesce(
            text.str.replace(r"[ T]\d{2}:\d{2}.*$", "").str.to_date("%Y-%m-%d", strict=False),
            pl.when(text.str.contains(r"^\d{1,2}\.\d{1,2}\.\d{4}$")).then(
                text.str.to_date("%d.%m.%Y", strict=False)
            ),
        )
    if _is_organisation_number(column):
        return _organisation_number(text)
    if SCHOOL_YEAR_FORM in column_rules(column):
        return school_year(text)
    known = _known(column)
    if known is not None:
        codes, labels = known
        return (
            text.str.normalize("NFC")
            .str.replace_all(r"\s+", " ")
            .str.to_lowercase()
            .replace(labels | {plain(c): c for c in codes})
            .pipe(lambda coded: pl.when(coded.is_in(codes)).then(coded).otherwise(text))
        )
    if _is_id(column):
        return text.str.normalize("NFC").str.replace_all(DASHES, "-")
    return text.str.normalize("NFC")


def read_cells(cells: pl.DataFrame, columns: Iterable[sa.Column[Any]]) -> pl.DataFrame:
    """Columns of text cells in their types. Cleaned first, so that it is done once a cell."""
    read = list(columns)
    cleaned_cells = cells.select(cleaned(column.name).alias(column.name) for column in read)
    return cleaned_cells.select(typed(column, pl.col(column.name)).alias(column.name) for column in read)


def _organisation_number(text: pl.Expr) -> pl.Expr:
    """The digits, where spaces or dots stand between them or a spreadsheet made a number of them; anything
    else as it stands."""
    number = text.str.replace_all(" ", "")
    plain_digits = (
        pl.when(number.str.contains(_DOTTED))
        .then(number.str.replace_all(".", "", literal=True))
        .otherwise(number)
    )
    as_number = (
        plain_digits.str.replace(",", ".", literal=True)
        .cast(pl.Float64, strict=False)
        .cast(pl.Int64, strict=False)
    )
    is_number = plain_digits.str.contains(r"^\d+[.,]0+$|^\d[.,]\d+[eE]\+?\d+$")
    return (
        pl.when(is_number)
        .then(pl.coalesce(as_number.cast(pl.String), text))
        .when(plain_digits.str.contains(r"^\d+$"))
        .then(plain_digits)
        .otherwise(text)
    )


def known_names(column: sa.Column[Any]) -> tuple[str, ...]:
    """The codes and labels that a column's list takes, as a person may have meant one of them."""
    known = _known(column)
    return (*known[0], *(known[1])) if known else ()


def _known(column: sa.Column[Any]) -> tuple[tuple[str, ...], dict[str, str]] | None:
    """The codes of a column's list, and its labels in all languages as they are compared."""
    codes = codes_of(column)
    if codes is not None:
        labels = {plain(words[lang]): code for code, words in codes.labels.items() for lang in LANGUAGES}
        return codes.codes, labels
    listed = next((rule for rule in column_rules(column) if isinstance(rule, Known)), None)
    if listed is None:
        return None
    return listed.codes, sheet_names() if listed.codes == FILE_TYPES else {}


def school_year(text: pl.Expr) -> pl.Expr:
    """2019/20, 2019/2020, 2019-2020, 2019-20 and 19/20 as 2019/20; anything else as it stands."""
    parts = text.str.extract_groups(r"^(?:20)?(\d{2}) ?[/–-] ?(?:20)?(\d{2})$")
    first, second = parts.struct.field("1"), parts.struct.field("2")
    fits = first.is_not_null() & ((first.cast(pl.Int32) + 1) % 100 == second.cast(pl.Int32))
    return pl.when(fits).then(pl.format("20{}/{}", first, second)).otherwise(text)
