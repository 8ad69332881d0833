"""What partners deliver and what comes of it, as reference: data dictionary, delivery files, statuses.

Belongs here: from contracts to Markdown. Does not belong here: any rule or label (`innenfra/contracts`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from innenfra.contracts.declare import (
    all_rules,
    codes_of,
    column_rules,
    delivered,
    delivered_columns,
    label,
    metadata,
)
from innenfra.contracts.rules import Required
from innenfra.contracts.vocabulary import SHOWN_STATUSES, STATUS_MEANINGS, STATUS_REASONS, STATUSES
from innenfra.contracts.words import Words
from innenfra.derive.markdown import LANGUAGES, code, codes, document, table
from innenfra.findings import TYPE_WORDS

DICTIONARY_TITLE = Words("Dataordbok", "Dataordbok", "Data dictionary")
DICTIONARY_HEADERS = {
    "nb": ("kolonne", "navn", "skal være", "svaralternativer"),
    "nn": ("kolonne", "namn", "skal vere", "svaralternativ"),
    "en": ("column", "label", "meaning", "must be"),
}
PERIODS = {
    "whole": "all rows of the school: a new file replaces everything before it",
    "school_year": "one school year, from the row's own `school_year`",
    "loop": "one loop, from the row's own `partnership_id` and `loop_no`",
    "occasion": "what the manifest says: a school year, or one loop in it",
}


def delivery_tables_by_name() -> list[sa.Table]:
    """All delivery tables in the order of their file types."""
    return sorted(
        (t for t in metadata.tables.values() if "delivery" in t.info), key=lambda t: delivered(t).file_type
    )


def render_data_dictionary(language: str) -> str:
    """Every delivered table and column with label, meaning, rules and answer options, in one language."""
    return document(
        DICTIONARY_TITLE[language], *(_dictionary_table(t, language) for t in delivery_tables_by_name())
    )


def _dictionary_table(of: sa.Table, language: str) -> list[str]:
    facts = delivered(of)
    said: dict[str, list[str]] = {}
    for name, rule in all_rules(of):
        said.setdefault(name, []).append(rule.says()[language])
    lines = [f"## {facts.file_type}: {facts.sheet[language]}", ""]
    if language == "en":
        rows = [
            [code(c.name), label(c).nb, c.comment, "; ".join(said.get(c.name, []))]
            for c in delivered_columns(of)
        ]
        return [*lines, f"{of.comment}", "", *table(DICTIONARY_HEADERS["en"], rows)]
    rows = [
        [code(c.name), label(c)[language], "; ".join(said.get(c.name, [])), _options(c, language)]
        for c in delivered_columns(of)
    ]
    return [*lines, *table(DICTIONARY_HEADERS[language], rows)]


def _options(column: sa.Column[Any], language: str) -> str:
    listed = codes_of(column)
    return "; ".join(f"`{one}` {words[language]}" for one, words in listed.labels.items()) if listed else ""


def render_delivery_files() -> str:
    """Every delivery file: who sends it, what one delivery covers, and its columns."""
    introduction = [
        (
            "One workbook with a sheet per file, or a folder of CSV files with the same names. Required"
            " columns must be filled in on every row; an empty cell means “not delivered”, never zero. What"
            " each column means and must be is in the [data dictionary](data-dictionary.md)."
        ),
    ]
    listing = table(
        ["file", "sheet (nb)", "from", "columns"],
        [
            [
                f"[{delivered(t).file_type}](#{delivered(t).file_type})",
                delivered(t).sheet.nb,
                f"the {delivered(t).sender}",
                len(delivered_columns(t)),
            ]
            for t in delivery_tables_by_name()
        ],
    )
    return document("Delivery files", introduction, listing, *(_file(t) for t in delivery_tables_by_name()))


def _file(of: sa.Table) -> list[str]:
    facts = delivered(of)
    rows = []
    for column in delivered_columns(of):
        listed = codes_of(column)
        kind = codes(listed.codes) if listed else _kind(column)
        required = (
            "required" if any(isinstance(rule, Required) for rule in column_rules(column)) else "optional"
        )
        rows.append(
            [
                code(column.name),
                label(column).nb,
                required,
                kind,
                column.info["unit"],
                code(column.info["example"]),
            ]
        )
    return [
        f"## {facts.file_type}",
        "",
        (
            f"{of.comment} Sheet “{facts.sheet.nb}”, from the {facts.sender}. One delivery covers"
            f" {PERIODS[facts.period]}. One row per {codes(facts.key)}."
        ),
        "",
        *table(["column", "label (nb)", "", "value", "unit", "example"], rows),
    ]


def _kind(column: sa.Column[Any]) -> str:
    python_type = column.type.python_type
    return "text" if python_type is str else TYPE_WORDS[float if python_type is Decimal else python_type].en


def statuses() -> str:
    """The states of a value: what each means and what it is called in three languages."""
    introduction = [
        (
            f"Every value has one of these states, in the column `status`. Only {codes(SHOWN_STATUSES)} carry"
            " a number; zero, missing, not in the design and protected never look alike."
        ),
    ]
    listing = table(
        ["status", *LANGUAGES, "carries a number"],
        [
            [code(s), *(w[x] for x in LANGUAGES), "yes" if s in SHOWN_STATUSES else "no"]
            for s, w in STATUSES.labels.items()
        ],
    )
    meanings = [
        line
        for s in STATUSES.codes
        for line in (
            f"## {s}",
            "",
            *(f"- {language}: {STATUS_MEANINGS[s][language]}" for language in LANGUAGES),
            "",
        )
    ]
    reasons = [
        "## Why a number is not shown",
        "",
        "A number that is there and is not shown says why, in the column `status_reason`.",
        "",
        *table(
            ["status_reason", *LANGUAGES],
            [[code(r), *(w[x] for x in LANGUAGES)] for r, w in STATUS_REASONS.labels.items()],
        ),
    ]
    return document("Statuses of a value", introduction, listing, meanings[:-1], reasons)
