"""From a Nettskjema report to counts per item and answer.

Submission ids, time stamps, answer times, dates, times and attachments never leave this module: only
counts do, and open answers in shuffled order.
"""

from __future__ import annotations

import json
import secrets

import polars as pl

from innenfra.contracts.logs import NO_ANSWER
from innenfra.formats import Incoming, Raw, RawTable
from innenfra.formats.sheets import about, shaped
from innenfra.formats.text import BEYOND, grid
from innenfra.masking import masked, told

CHOICES = {"RADIO", "SELECT", "LINEAR_SCALE"}
CHOICE_MATRICES = {"MATRIX_RADIO"}
TICKS = {"CHECKBOX"}
TICK_MATRICES = {"MATRIX_CHECKBOX"}
OPEN = {"QUESTION", "QUESTION_MULTILINE"}


def elements_of(incoming: Incoming) -> list[dict[str, object]] | None:
    """The form's elements, where a part holds them."""
    for name, data in incoming.parts.items():
        if name.lower().endswith(".json"):
            try:
                found = json.loads(data)
            except ValueError:
                continue
            if isinstance(found, list) and found and isinstance(found[0], dict) and "elementType" in found[0]:
                return found
    return None


def report_of(incoming: Incoming) -> tuple[str, bytes] | None:
    """The report's name and bytes, where a part is one."""
    for name, data in incoming.parts.items():
        if name.lower().endswith((".csv", ".txt")) and b"$submission_id" in data[:200]:
            return name, data
    return None


def closed_items(elements: list[dict[str, object]], columns: list[str]) -> list[str]:
    """Columns of the report that are closed items: choices, ticks, and rows of matrices."""
    kinds = {
        str(e["externalElementId"]): str(e["elementType"]) for e in elements if e.get("externalElementId")
    }
    closed = CHOICES | CHOICE_MATRICES | TICKS | TICK_MATRICES
    return [c for c in columns if kinds.get(c) in closed or kinds.get(c.split(".")[0]) in closed - CHOICES]


def open_items(elements: list[dict[str, object]], columns: list[str]) -> list[str]:
    """Columns of the report that are open answers."""
    kinds = {
        str(e["externalElementId"]): str(e["elementType"]) for e in elements if e.get("externalElementId")
    }
    return [c for c in columns if kinds.get(c) in OPEN]


def read(incoming: Incoming) -> Raw:
    """Counts for the round of `log_rounds.csv`, and open answers in shuffled order."""
    report, elements = report_of(incoming), elements_of(incoming)
    if report is None:
        return Raw([], [about("unknown_format", incoming.name)])
    if elements is None:
        return Raw([], [about("no_elements", incoming.name)])
    rounds = incoming.parts.get("log_rounds.csv")
    if rounds is None:
        return Raw([], [about("no_round_sheet", incoming.name)])
    rows = grid(rounds)
    headers, frame = rows.headers, rows.frame
    round_table, findings = shaped(
        incoming.name, "log_rounds", "log_rounds.csv", headers, frame, incoming.names
    )
    if round_table.refused or round_table.frame.height != 1:
        return Raw([], findings or [about("no_round_sheet", incoming.name)])
    rows = grid(report[1])
    names, answers = rows.headers, rows.frame
    answers = (
        answers.drop("row_number", BEYOND).cast(pl.String).rename({f"c{i}": n for i, n in enumerate(names)})
    )
    stated = round_table.frame["submitted_n"][0]
    if str(stated) != str(answers.height):
        findings.append(
            about("submissions_differ", incoming.name, found=str(answers.height), expected=told(str(stated)))
        )
        return Raw([], findings)
    counts = _counts(answers, closed_items(elements, names))
    context = round_table.frame.drop("row_number", "round_week")
    log_counts = counts.join(context, how="cross").with_columns(
        pl.int_range(2, pl.len() + 2, dtype=pl.Int32).alias("row_number")
    )
    tables = [round_table, RawTable("log_counts", told(report[0], incoming.names), log_counts)]
    if "manifest.csv" in incoming.parts:
        rows = grid(incoming.parts["manifest.csv"])
        headers, frame = rows.headers, rows.frame
        manifest, found = shaped(incoming.name, "manifest", "manifest.csv", headers, frame, incoming.names)
        findings += found
        tables.append(manifest)
    return Raw(tables, findings, _texts(answers, open_items(elements, names), incoming.names))


def _counts(answers: pl.DataFrame, items: list[str]) -> pl.DataFrame:
    """item_id, answer_code, n as text; answers in order, so that nothing of the submissions' order
    remains."""
    per_item = [
        answers.select(
            pl.lit(item).alias("item_id"),
            pl.col(item).replace("", None).fill_null(NO_ANSWER).str.strip_suffix(".0").alias("answer_code"),
        )
        .group_by("item_id", "answer_code")
        .agg(pl.len().cast(pl.String).alias("n"))
        for item in items
    ]
    return pl.concat(per_item).sort("item_id", "answer_code")


def _texts(answers: pl.DataFrame, items: list[str], names: tuple[str, ...]) -> pl.DataFrame:
    found = [
        (item, masked(text.strip(), names))
        for item in items
        for text in answers[item].to_list()
        if text and text.strip()
    ]
    secrets.SystemRandom().shuffle(found)
    rows = [(item, one.text, bool(one.flagged)) for item, one in found]
    return pl.DataFrame(
        rows, schema={"item_id": pl.String, "answer": pl.String, "is_flagged": pl.Boolean}, orient="row"
    )
