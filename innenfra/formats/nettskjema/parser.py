"""From a Nettskjema export to counts per item and answer: its CSV, its workbook, or its answers as NDJSON.

The three say the same and give the same rows. Codes and kinds of questions come from the form's `elements`
(JSON), which lies beside the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from innenfra.formats import Incoming, Raw
from innenfra.formats.forms import Item, Mapped, Report, counted, table_of_part
from innenfra.formats.sheets import about
from innenfra.formats.text import decode
from innenfra.formats.workbook import is_workbook, sheets_of
from innenfra.masking import told

CHOICES = {"RADIO", "SELECT", "LINEAR_SCALE"}
CHOICE_MATRICES = {"MATRIX_RADIO"}
TICKS = {"CHECKBOX"}
TICK_MATRICES = {"MATRIX_CHECKBOX"}
OPEN = {"QUESTION", "QUESTION_MULTILINE"}
SUBMISSION = "$submission_id"
LINES = (".ndjson", ".jsonl", ".json")
Element = dict[str, Any]


def elements_in(data: bytes) -> list[Element] | None:
    """The form's elements, where the bytes are a list of them or a page that holds one."""
    try:
        found = json.loads(decode(data).data)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else None
    if isinstance(found, list) and found and isinstance(found[0], dict) and "elementType" in found[0]:
        return found
    return None


def is_elements(name: str, data: bytes) -> bool:
    """Whether a part holds the form's elements."""
    return name.lower().endswith(".json") and elements_in(data) is not None


def is_report(incoming: Incoming, name: str) -> bool:
    """Whether a part is a report or the answers of a form."""
    lower = name.lower()
    if is_workbook(name):
        first = next((one.texts[0] for one in sheets_of(incoming, name) if not one.is_blank), [None])
        return bool(first) and first[0] == SUBMISSION
    if lower.endswith((".csv", ".txt")):
        return SUBMISSION.encode() in decode(incoming.parts[name][:2_000]).data[:200]
    return lower.endswith(LINES) and _first_answer(incoming.parts[name]) is not None


def _first_answer(data: bytes) -> Element | None:
    line = next((one for one in data.split(b"\n", 20)[:20] if one.strip()), b"")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and "submissionId" in found else None


def read(incoming: Incoming) -> Raw:
    """Counts for the rounds of `log_rounds`, and open answers in shuffled order."""
    forms = [found for found in map(elements_in, _jsons(incoming)) if found is not None]
    names = sorted(name for name in incoming.parts if is_report(incoming, name))
    if not forms:
        return Raw([], [about("no_elements", incoming.name)])
    reports, mapped = [], []
    for name in names:
        made = [(elements, _report(incoming, name, elements)) for elements in forms]
        fitting = [(e, r) for e, r in made if r is not None and _columns(e) & set(r.answers.columns)]
        if not fitting:
            rule = "no_codebook" if not any(_columns(e) for e in forms) else "other_elements"
            return Raw([], [about(rule, incoming.name, sheet=told(name, incoming.names))])
        elements, report = max(fitting, key=lambda one: len(_columns(one[0]) & set(one[1].answers.columns)))
        reports.append(report)
        mapped.append(mapped_by(elements, report.answers.columns))
    return counted(incoming, reports, mapped)


def _jsons(incoming: Incoming) -> Iterator[bytes]:
    yield from (data for name, data in incoming.parts.items() if name.lower().endswith(".json"))


def mapped_by(elements: list[Element], columns: list[str]) -> Mapped:
    """What the report's columns are: choices, ticks and rows of matrices as closed items, questions as open
    ones."""
    kinds = {
        str(e["externalElementId"]): str(e["elementType"]) for e in elements if e.get("externalElementId")
    }
    closed = CHOICES | CHOICE_MATRICES | TICKS | TICK_MATRICES
    items = [c for c in columns if kinds.get(c) in closed or kinds.get(c.split(".")[0]) in closed - CHOICES]
    return Mapped([Item(c, c, {}) for c in items], {c: c for c in columns if kinds.get(c) in OPEN})


def _columns(elements: list[Element]) -> set[str]:
    """Every column that a report of the form can have."""
    return {column for element in elements for column, _ in _cells_of(element)}


def _cells_of(element: Element) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The columns that an element gives, each with the row of the matrix and the option it is for."""
    code, kind = element.get("externalElementId"), element.get("elementType")
    if not code:
        return
    options = [_option_code(one) for one in element.get("answerOptions") or []]
    rows = [(one.get("subElementId"), _row_code(one)) for one in element.get("subElements") or []]
    if kind in TICKS:
        yield from ((f"{code}.{option}", (None, option)) for option in options)
    elif kind in CHOICE_MATRICES:
        yield from ((f"{code}.{row}", (place, None)) for place, row in rows)
    elif kind in TICK_MATRICES:
        yield from ((f"{code}.{row}.{option}", (place, option)) for place, row in rows for option in options)
    else:
        yield str(code), (None, None)


def _option_code(option: Element) -> str:
    return str(option.get("externalAnswerOptionId") or option.get("answerOptionId"))


def _row_code(row: Element) -> str:
    return str(row.get("externalElementId") or row.get("sequence"))


def _report(incoming: Incoming, name: str, elements: list[Element]) -> Report | None:
    if not is_workbook(name) and name.lower().endswith(LINES):
        return _from_lines(name, incoming.parts[name], elements)
    table = table_of_part(incoming, name)
    if table is None:
        return None
    ids = tuple(one for one in table[SUBMISSION].to_list() if one) if SUBMISSION in table.columns else ()
    return Report(name, table.drop([c for c in table.columns if c.startswith("$")]), ids)


def _from_lines(name: str, data: bytes, elements: list[Element]) -> Report:
    """The answers of the interface, one a line, as the columns of the report."""
    by_id = {one[key]: one for one in elements for key in ("elementId", "questionId") if one.get(key)}
    by_code = {one["externalElementId"]: one for one in elements if one.get("externalElementId")}
    columns = [column for element in elements for column, _ in _cells_of(element)]
    cells: dict[str, dict[str, str]] = {}
    for line in decode(data).data.split(b"\n"):
        if not line.strip():
            continue
        answer = json.loads(line)
        row = cells.setdefault(str(answer["submissionId"]), {})
        element = by_code.get(answer.get("externalElementId")) or by_id.get(answer.get("elementId"))
        element = element or by_id.get(answer.get("questionId")) or {}
        row |= dict(_filled(element, answer))
    for row in cells.values():  # the report writes a 0 for each option that was not ticked
        for element in elements:
            if element.get("elementType") in TICKS | TICK_MATRICES:
                row |= {column: row.get(column, "0") for column, _ in _cells_of(element)}
    rows = [[row.get(column) for column in columns] for row in cells.values()]
    answers = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return Report(name, answers, tuple(cells))


def _filled(element: Element, answer: Element) -> Iterator[tuple[str, str]]:
    chosen = [
        str(one) for one in answer.get("externalAnswerOptionIds") or answer.get("answerOptionIds") or []
    ]
    for column, (place, option) in _cells_of(element):
        if place is not None and place != answer.get("subElementId"):
            continue
        if option is not None:
            yield column, "1" if option in chosen else "0"
        else:
            yield column, chosen[0] if chosen else str(answer.get("textAnswer") or "")
