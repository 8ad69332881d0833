"""Thin helpers over `sa.Table` and `sa.Column`: the SQLAlchemy table is the declaration.

Belongs here: how a table and a column carry their meaning (`comment`) and their label, rules, unit and
caveats (`info`), and how to read these back.
Does not belong here: any particular table (one file per subject beside this one).

A *delivery table* is one that partners fill in. Besides its own columns it gets three stamps from
ingest: `file_id` and `row_number` (as the sender's spreadsheet shows it), by which every number can
be walked back, and `period`, what the row was delivered for, by which a later file replaces an
earlier one (see `Period`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from innenfra.contracts.rules import ColumnRule, OneOf, Required, Rule, TableRule, UniqueKey
from innenfra.contracts.words import CodeList, Words

SCHEMAS = {
    "inbox": "One row per delivered file and what it was delivered for; the bytes are in the object store.",
    "landed": (
        "Typed rows of every submission, with file and row number, and rows held back with their reason."
    ),
    "restricted": "Open log answers and coded quotes, read by coders only.",
    "quality": "Runs, check results and findings in words.",
    "register": "Schools, owners, institutions, partnerships and municipalities as dated versions.",
    "authz": "People, roles and scopes.",
    "dialogue": "What people write in the app: comments and member checks.",
    "published": "What the app may read: the current release.",
}

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Period = Literal["whole", "school_year", "loop", "occasion"]
"""What one delivery of a table covers, and so what a later delivery replaces:

`whole`        all rows of the school (teams, agreements): a new file replaces everything before it
`school_year`  one school year, from the row's own `school_year`
`loop`         one loop, from the row's own `partnership_id` and `loop_no`
`occasion`     what the manifest says: a school year, or one loop in it (meetings, decisions)
"""

Sender = Literal["school", "partnership", "university"]


@dataclass(frozen=True)
class Caveat:
    """A warning that travels with every number it touches."""

    code: str
    text: Words


@dataclass(frozen=True)
class DeliveryTable:
    """What ingest, templates and docs need to know of a table beyond its columns."""

    file_type: str
    sheet: Words
    sender: Sender
    period: Period
    key: tuple[str, ...]
    rules: tuple[TableRule, ...]


def column(
    name: str,
    type_: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]],
    meaning: str,
    label: tuple[str, str, str],
    *rules: ColumnRule,
    required: bool = False,
    unit: str | None = None,
    caveats: Sequence[Caveat] = (),
    example: str | None = None,
) -> sa.Column[Any]:
    """A column of a delivery table.

    `meaning` is an English sentence ending with a full stop; `label` is (bokmål, nynorsk, English);
    `required` puts `Required` before the other rules and NOT NULL on the column.
    """
    if not meaning.endswith("."):
        raise ValueError(f"the meaning of column {name} must be a sentence that ends with a full stop")
    all_rules: tuple[ColumnRule, ...] = ((Required(),) if required else ()) + rules
    info = {
        "label": Words(*label),
        "rules": all_rules,
        "unit": unit,
        "caveats": tuple(caveats),
        "example": example,
    }
    return sa.Column(name, type_, comment=meaning, nullable=not required, info=info)


def delivery_table(
    name: str,
    meaning: str,
    *columns: sa.Column[Any],
    sheet: tuple[str, str, str],
    sender: Sender,
    period: Period,
    key: tuple[str, ...],
    rules: tuple[TableRule, ...] = (),
    file_type: str | None = None,
) -> sa.Table:
    """Declare a table that partners deliver, in schema `landed`.

    `file_type` is the file's and sheet's technical name (`loops`), `name` the table's (`loop`).
    The key gets its `UniqueKey` rule here. A table without `school_id` among its columns is stamped
    with the school of the delivery.
    """
    if not meaning.endswith("."):
        raise ValueError(f"the meaning of table {name} must be a sentence that ends with a full stop")
    own = {c.name for c in columns}
    unknown = [k for k in key if k not in own | {"school_id"}]
    unknown += [r.column for r in rules if r.column not in own]
    if unknown:
        raise ValueError(f"table {name} names columns it does not have: {', '.join(unknown)}")
    stamped_school = (
        []
        if "school_id" in own
        else [
            sa.Column(
                "school_id",
                sa.Text,
                nullable=False,
                comment="Organisation number of the school that the delivery is for.",
            )
        ]
    )
    delivered = DeliveryTable(
        file_type=file_type or name,
        sheet=Words(*sheet),
        sender=sender,
        period=period,
        key=key,
        rules=(UniqueKey(columns=tuple(k for k in key if k in own)), *rules),
    )
    return sa.Table(
        name,
        metadata,
        *columns,
        *stamped_school,
        sa.Column(
            "period",
            sa.Text,
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column("file_id", sa.BigInteger, nullable=False, comment="The delivered file the row came from."),
        sa.Column(
            "row_number",
            sa.Integer,
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number"),
        schema="landed",
        comment=meaning,
        info={"delivery": delivered},
    )


STAMPS = ("period", "file_id", "row_number")
"""Columns that ingest adds to every landed row (and `school_id` where the file has no such column)."""


def delivered(table: sa.Table) -> DeliveryTable:
    """The delivery facts of a delivery table."""
    facts: DeliveryTable = table.info["delivery"]
    return facts


def delivered_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns that the sender fills in (no stamps)."""
    return [c for c in table.columns if "label" in c.info]


def columns_by_file_type() -> dict[str, list[str]]:
    """The names of the columns that senders fill in, of every table that is declared."""
    return {
        delivered(table).file_type: [c.name for c in delivered_columns(table)]
        for table in metadata.tables.values()
        if "delivery" in table.info
    }


def column_rules(col: sa.Column[Any]) -> tuple[ColumnRule, ...]:
    """The rules of a delivered column, `Required` first where it is required."""
    rules: tuple[ColumnRule, ...] = col.info["rules"]
    return rules


def label(col: sa.Column[Any]) -> Words:
    """The label of a delivered column."""
    words: Words = col.info["label"]
    return words


def codes_of(col: sa.Column[Any]) -> CodeList | None:
    """The code list of a column that has one (drop-down lists, dictionary)."""
    return next((r.codes for r in column_rules(col) if isinstance(r, OneOf)), None)


def all_rules(table: sa.Table) -> list[tuple[str, Rule]]:
    """Every rule of a delivery table with the column it points to, column rules first."""
    pairs: list[tuple[str, Rule]] = [(c.name, r) for c in delivered_columns(table) for r in column_rules(c)]
    return pairs + [(r.column, r) for r in delivered(table).rules]
