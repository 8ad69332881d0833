"""From text cells to typed columns, for whole columns at once.

Belongs here: how each type is written in Norwegian spreadsheets, and codes written as labels.
Does not belong here: whether a value is acceptable (`innenfra/contracts/rules.py`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import sqlalchemy as sa

from innenfra.contracts.declare import codes_of, column_rules
from innenfra.contracts.rules import OrganisationNumber
from innenfra.contracts.vocabulary import SCHOOL_YEAR_FORM
from innenfra.formats.sheets import LANGUAGES, plain

_KINDS: dict[type, pl.DataType | type[pl.DataType]] = {int: pl.Int32, dt.date: pl.Date, str: pl.String}


def kind_of(column: sa.Column[Any]) -> type:
    """int, float, date or str."""
    python_type = column.type.python_type
    return python_type if python_type in _KINDS else float


def cleaned(name: str) -> pl.Expr:
    """The cell without odd spaces; an empty cell is null."""
    text = pl.col(name).str.replace_all("[\u00a0\u202f]", " ").str.strip_chars()
    return pl.when(text == "").then(None).otherwise(text)


def typed(column: sa.Column[Any]) -> pl.Expr:
    """The column's value in its type; null where the cell is empty or cannot be read."""
    text = cleaned(column.name)
    kind = kind_of(column)
    if kind is int:
        return (
            text.str.replace_all(" ", "")
            .str.replace("[.,]0{1,2}$", "")
            .str.to_integer(dtype=pl.Int32, strict=False)
        )
    if kind is float:
        number = (
            text.str.replace_all(" ", "").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        )
        return pl.when(number.is_finite()).then(
            number
        )  # "nan" and "inf" are no numbers that somebody counted
    if kind is dt.date:
        return pl.coalesce(
            text.str.replace(r"[ T]\d{2}:\d{2}.*$", "").str.to_date("%Y-%m-%d", strict=False),
            text.str.to_date("%d.%m.%Y", strict=False),
        )
    if any(isinstance(r, OrganisationNumber) for r in column_rules(column)):
        number = text.str.replace_all(" ", "")
        return (
            pl.when(number.str.contains(r"[eE.,]"))
            .then(
                number.str.replace(",", ".", literal=True)
                .cast(pl.Float64, strict=False)
                .cast(pl.Int64, strict=False)
                .cast(pl.String)
            )
            .otherwise(number)
        )
    if SCHOOL_YEAR_FORM in column_rules(column):
        return school_year(text)
    codes = codes_of(column)
    if codes is not None:
        labels = {
            plain(words[language]): code for code, words in codes.labels.items() for language in LANGUAGES
        }
        return (
            text.str.normalize("NFC")
            .str.to_lowercase()
            .replace(labels | {plain(c): c for c in codes.codes})
            .pipe(lambda coded: pl.when(coded.is_in(codes.codes)).then(coded).otherwise(text))
        )
    return text.str.normalize("NFC")


def school_year(text: pl.Expr) -> pl.Expr:
    """2019/20, 2019/2020, 2019-2020, 2019-20 and 19/20 as 2019/20; anything else as it stands."""
    parts = text.str.extract_groups(r"^(?:20)?(\d{2}) ?[/–-] ?(?:20)?(\d{2})$")
    first, second = parts.struct.field("1"), parts.struct.field("2")
    fits = first.is_not_null() & ((first.cast(pl.Int32) + 1) % 100 == second.cast(pl.Int32))
    return pl.when(fits).then(pl.format("20{}/{}", first, second)).otherwise(text)
