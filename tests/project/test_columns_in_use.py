"""Each delivered column is counted, checked or kept for a reason that is told; a new one that nothing uses
fails."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import sqlalchemy as sa

from expectations.cross_delivery import ACROSS
from innenfra.contracts.declare import delivered, delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.idle import IDLE, UNSEEN
from innenfra.contracts.records import AWAITS, RECORDS

ROOT = Path(__file__).parents[2]
MODELS = {
    path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "dbt_project" / "models").rglob("*.sql")
}
READS = {name: set(re.findall(r"(?:ref|rows_of)\('(\w+)'\)", text)) for name, text in MODELS.items()}
ACROSS_DELIVERIES = [
    (
        rule.file_type,
        rule.select_broken("judged", {table.name: table.name for table in delivery_tables().values()}),
    )
    for rule in ACROSS
]
INGEST = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "innenfra" / "ingest").glob("*.py"))


def descending(model: str) -> set[str]:
    """Models that rest on one, directly or through others."""
    found: set[str] = set()
    waiting = [model]
    while waiting:
        one = waiting.pop()
        new = {name for name, reads in READS.items() if one in reads} - found
        found |= new
        waiting += new
    return found


def idle(table: sa.Table) -> set[str]:
    """Columns that are in no key, in no model that rests on the table, in no check over deliveries and in no
    step of ingest."""
    facts = delivered(table)
    counted = "\n".join(MODELS[name] for name in descending(f"stg_{table.name}"))
    checked = "\n".join(
        query
        for file_type, query in ACROSS_DELIVERIES
        if file_type == facts.file_type or re.search(rf"\blanded\.{table.name}\b", query)
    )
    return {
        c.name
        for c in delivered_columns(table)
        if c.name not in facts.key
        and not re.search(rf"\b{c.name}\b", counted + checked)
        and f'"{c.name}"' not in INGEST
    }


def test_idle_columns_are_those_that_are_explained() -> None:
    found = {file_type: names for file_type, table in delivery_tables().items() if (names := idle(table))}
    assert found == {file_type: set(reasons) for file_type, reasons in IDLE.items()}
    assert all(len(reason) > 20 for reasons in IDLE.values() for reason in reasons.values())


def test_a_column_that_nothing_uses_is_seen() -> None:
    table = delivery_tables()["teams"].to_metadata(sa.MetaData())
    table.append_column(sa.Column("banana", sa.Text, info={"label": "x", "rules": ()}))
    assert "banana" in idle(table)
    assert "valid_from" not in idle(table)


def named_on_pages() -> set[str]:
    """Every name that a page, or what it shares with the reports, looks something up by: strings of names
    alone, not sentences."""
    found: set[str] = set()
    shared = [ROOT / "innenfra" / name for name in ("mirror_items.py", "sentences.py")]
    for path in [*(ROOT / "apps").rglob("*.py"), *shared]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(node.value.split()) if re.fullmatch(r"[a-z_0-9 ]+", node.value) else set()
    return found


NAMED = named_on_pages()
OF_THE_GATE = {
    "school_id",
    "partnership_id",
    AWAITS.name,
    *(r.author_only for r in RECORDS.values()),
    "author_id",
}
"""What says whose a row is and who reads it; no page shows it."""


def unseen(record: str) -> set[str]:
    """Columns of a record that no page, and no sentence of one, names."""
    return {
        column.name
        for column in RECORDS[record].columns
        if column.name not in OF_THE_GATE and not {record, column.name} <= NAMED
    }


def test_what_is_published_is_seen_or_explained() -> None:
    """From the contract over the model and the published record to a page: what nobody sees is named."""
    found = {name: columns for name in RECORDS if (columns := unseen(name))}
    assert found == {name: set(reasons) for name, reasons in UNSEEN.items()}
    assert all(len(reason) > 20 for reasons in UNSEEN.values() for reason in reasons.values())


def test_each_record_is_published_with_the_columns_it_declares() -> None:
    for name, record in RECORDS.items():
        text = MODELS[f"gate_{name}"]
        assert f"alias='{name}'" in text
        assert f"published_record('gate_{name}'" in MODELS[f"published_{name}"]
        for column in record.columns:
            assert re.search(rf"\b{column.name}\b", text), (name, column.name)
