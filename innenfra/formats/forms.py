"""From a form's export to counts per item and answer: what all form tools share.

Belongs here: matching reports with the rounds of `log_rounds`, the small map from questions and answers to
codes, and counting. Ids, time stamps, names and addresses of those who answered never leave this module:
only counts do, and open answers in shuffled order.
Does not belong here: how a tool writes its export (`innenfra/formats/<tool>`).

The map is a file `log_map.csv` beside the export, confirmed once by the sender and used again for the next
round: one row for each answer of a question (`question`, `item_id`, `answer`, `answer_code`, `several`). A
question without answers is an open one; a question without `item_id` is not read.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from innenfra.contracts.logs import NO_ANSWER
from innenfra.findings import Finding
from innenfra.formats import Incoming, Raw, RawTable
from innenfra.formats.canonical_csv.parser import ENDINGS, base_name, table_of
from innenfra.formats.sheets import about, file_type_of, plain
from innenfra.formats.text import BEYOND, grid, headers_in
from innenfra.formats.workbook import is_workbook, sheets_of
from innenfra.masking import masked, told

MAP_NAMES = ("log_map", "skjemakart", "loggkart", "form map")
MAP_COLUMNS = {
    "question": ("question", "spørsmål"),
    "item_id": ("item_id", "kode", "spørsmålskode"),
    "answer": ("answer", "svar"),
    "answer_code": ("answer_code", "svarkode"),
    "several": ("several", "flere svar", "fleire svar"),
}
SEVERAL = "ja"
_YES = ("yes", SEVERAL, "x", "1", "true")
TICKED, NOT_TICKED = "1", "0"
_MOST_NAMED = 10
_LONGEST_CHOICE = 60


@dataclass(frozen=True)
class Item:
    """A closed item: its code, the report's column, and the code of each answer by its text. With `option`
    it is one option of a question where several can be ticked."""

    item_id: str
    column: str
    codes: dict[str, str]
    option: str | None = None
    """The text of the option, as it stands among others in a cell."""


@dataclass(frozen=True)
class Report:
    """The answers of one export: a column for each question, a row for each submission, all text."""

    part: str
    answers: pl.DataFrame
    submissions: tuple[str, ...] = ()
    """Ids of the submissions, to see that two reports do not hold the same ones; kept nowhere."""


@dataclass(frozen=True)
class Mapped:
    """What a report's columns are: closed items, and open ones by column."""

    closed: list[Item]
    open: dict[str, str]


def is_rounds(name: str) -> bool:
    """Whether a part says which loop and round an export is of."""
    return name.lower().endswith(ENDINGS) and file_type_of(base_name(name)) == "log_rounds"


def is_map(name: str) -> bool:
    """Whether a part is the map of a form."""
    return name.lower().endswith(ENDINGS) and plain(base_name(name)) in MAP_NAMES


def headers_of(incoming: Incoming, name: str) -> list[str]:
    """The header cells of a workbook's first sheet or of a text; none of a map or of the rounds."""
    if is_workbook(name):
        first = next((one.texts[0] for one in sheets_of(incoming, name) if not one.is_blank), [])
        return [cell or "" for cell in first]
    is_table = name.lower().endswith(ENDINGS) and not is_map(name) and not is_rounds(name)
    return headers_in(incoming.parts[name]) if is_table and incoming.parts[name].strip() else []


def table_of_part(incoming: Incoming, name: str) -> pl.DataFrame | None:
    """The first sheet of a workbook, or a text, as columns by header; None where it holds nothing. Doubled
    headers get a number, as tools give it."""
    if is_workbook(name):
        sheet = next((one for one in sheets_of(incoming, name) if not one.is_blank), None)
        if sheet is None:
            return None
        headers, rows = [cell or "" for cell in sheet.texts[0]], sheet.texts[1:]
        cells = [[*row, *[None] * (len(headers) - len(row))][: len(headers)] for row in rows if any(row)]
    else:
        read = grid(incoming.parts[name])
        headers = read.headers
        cells = [list(row) for row in read.frame.drop("row_number", BEYOND).cast(pl.String).rows()]
    named: list[str] = []
    for header in headers:
        clean = " ".join(header.split())
        again = named.count(clean)
        named.append(f"{clean} {again + 1}" if again else clean)
    if not any(named):
        return None
    return pl.DataFrame(cells, schema=dict.fromkeys(_distinct(named), pl.String), orient="row")


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made


def rounds_of(incoming: Incoming) -> tuple[RawTable | None, list[Finding]]:
    """The rounds that lie beside the reports."""
    for name, data in incoming.parts.items():
        if is_rounds(name):
            return table_of(incoming, "log_rounds", name, grid(data))
    return None, []


def map_of(incoming: Incoming, columns: Collection[str]) -> Mapped | None:
    """The map beside the report, for the report's own columns; None where there is none."""
    part = next((name for name in incoming.parts if is_map(name)), None)
    table = table_of_part(incoming, part) if part is not None else None
    if table is None:
        return None
    known = {
        wanted: next((c for c in table.columns if plain(c) in names), None)
        for wanted, names in MAP_COLUMNS.items()
    }
    if known["question"] is None or known["item_id"] is None:
        return None
    by_plain = {plain(column): column for column in columns}
    answers: dict[tuple[str, str], dict[str, str]] = {}
    several: set[str] = set()
    open_items: dict[str, str] = {}
    for row in table.iter_rows(named=True):
        question, item = (
            by_plain.get(plain(row[known["question"]] or "")),
            (row[known["item_id"]] or "").strip(),
        )
        if question is None or not item:
            continue
        answer = (row[known["answer"]] or "").strip() if known["answer"] else ""
        code = (row[known["answer_code"]] or "").strip() if known["answer_code"] else ""
        if not answer:
            open_items[question] = item
            continue
        answers.setdefault((question, item), {})[plain(answer)] = code or answer
        if known["several"] and plain(row[known["several"]] or "") in _YES:
            several.add(question)
    closed: list[Item] = []
    for (question, item), codes in answers.items():
        if question in several:
            closed += [Item(f"{item}.{code}", question, codes, text) for text, code in codes.items()]
        else:
            closed.append(Item(item, question, codes))
    return Mapped(
        closed, {question: item for question, item in open_items.items() if (question, item) not in answers}
    )


def draft_map(
    reports: Sequence[Report], passed_over: Collection[str], names: tuple[str, ...], separators: str
) -> pl.DataFrame:
    """A map to confirm: each question with its answers and a code for each, in the order of the alphabet.
    What looks like people's own words is put down as an open question, and none of them is repeated."""
    rows: list[tuple[str, ...]] = []
    columns = dict.fromkeys(
        c for report in reports for c in report.answers.columns if c and plain(c) not in passed_over
    )
    for number, column in enumerate(columns, start=1):
        given = [
            text
            for report in reports
            if column in report.answers.columns
            for text in report.answers[column].to_list()
            if text
        ]
        several = any(separator in text for text in given for separator in separators)
        if several:
            split = re.compile(f"[{re.escape(separators)}]")
            given = [part.strip() for text in given for part in split.split(text) if part.strip()]
        answers = sorted(set(given)) if _are_choices(given, names) else [""]
        rows += [
            (
                told(column, names),
                f"q{number}",
                answer,
                str(code) if answer else "",
                SEVERAL if several else "",
            )
            for code, answer in enumerate(answers, start=1)
        ]
    return pl.DataFrame(rows, schema=dict.fromkeys(MAP_COLUMNS, pl.String), orient="row")


def _are_choices(given: Sequence[str], names: tuple[str, ...]) -> bool:
    """Whether texts are answers that a form offered: few, short, some given by several, and none that names
    anybody."""
    distinct = set(given)
    return (
        0 < len(distinct) <= _MOST_NAMED
        and len(distinct) < len(given)
        and all(len(text) <= _LONGEST_CHOICE and told(text, names) == text for text in distinct)
    )


def counted(
    incoming: Incoming, reports: Sequence[Report], mapped: Sequence[Mapped], separators: str = ";"
) -> Raw:
    """Counts for each round and its report, and open answers in shuffled order."""
    rounds, findings = rounds_of(incoming)
    if rounds is None or rounds.refused:
        return Raw([], findings or [about("no_round_sheet", incoming.name)])
    if len(reports) != rounds.frame.height:
        return Raw([], [*findings, _not_as_many(incoming, reports, rounds)])
    doubled = _in_two_reports(incoming, reports)
    if doubled is not None:
        return Raw([], [*findings, doubled])
    tables: list[pl.DataFrame] = []
    texts: list[pl.DataFrame] = []
    in_order = rounds.frame.sort(
        pl.col("loop_no").cast(pl.String).str.zfill(6), pl.col("round_no").cast(pl.String).str.zfill(4)
    )
    for number, (report, what) in enumerate(zip(reports, mapped, strict=True)):
        one = in_order.slice(number, 1)
        stated = str(one["submitted_n"][0])
        if stated != str(report.answers.height):
            found = str(report.answers.height)
            return Raw(
                [],
                [*findings, about("submissions_differ", incoming.name, found=found, expected=told(stated))],
            )
        counts, wrong = _counts(incoming, report, what.closed, separators)
        findings += wrong
        if any(f.severity == "error" for f in wrong):
            return Raw([], findings)
        tables.append(counts.join(one.drop("row_number", "round_week"), how="cross"))
        texts.append(_texts(report.answers, what.open, incoming.names, int(one["row_number"][0])))
    log_counts = pl.concat(tables, how="vertical_relaxed")
    made = [rounds]
    if log_counts.height:
        numbered = log_counts.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.Int32).alias("row_number"))
        made.append(RawTable("log_counts", told(reports[0].part, incoming.names), numbered))
    return Raw(made, findings, pl.concat(texts))


def _not_as_many(incoming: Incoming, reports: Sequence[Report], rounds: RawTable) -> Finding:
    names = ", ".join(told(one.part, incoming.names) for one in reports[:_MOST_NAMED])
    return about(
        "reports_and_rounds",
        incoming.name,
        sheet=rounds.sheet,
        found=f"{len(reports)} ({names})",
        expected=str(rounds.frame.height),
    )


def _in_two_reports(incoming: Incoming, reports: Sequence[Report]) -> Finding | None:
    """A word where two reports hold the same submission: a later export holds the earlier round's as well."""
    seen: dict[str, str] = {}
    for report in reports:
        shared = next((seen[one] for one in report.submissions if one in seen), None)
        if shared is not None:
            return about(
                "shared_submissions",
                incoming.name,
                sheet=told(shared, incoming.names),
                found=told(report.part, incoming.names),
            )
        seen |= dict.fromkeys(report.submissions, report.part)
    return None


def _counts(
    incoming: Incoming, report: Report, items: Sequence[Item], separators: str
) -> tuple[pl.DataFrame, list[Finding]]:
    """item_id, answer_code, n as text, in the order of items and answers, so that nothing of the submissions'
    order remains; and a finding for each question with an answer that nobody gave a code."""
    schema = {"item_id": pl.String, "answer_code": pl.String, "n": pl.String}
    per_item, findings, told_of = [], [], set()
    for item in items:
        answers = report.answers[item.column]
        coded, unknown = (
            _ticks(answers, item, separators) if item.option is not None else _choices(answers, item.codes)
        )
        if unknown and item.column not in told_of:
            told_of.add(item.column)
            called = ", ".join(f"«{told(one, incoming.names)}»" for one in sorted(unknown)[:_MOST_NAMED])
            findings.append(
                about(
                    "unmapped_answer",
                    incoming.name,
                    sheet=told(report.part, incoming.names),
                    column=told(item.column, incoming.names),
                    found=called,
                )
            )
        per_item.append(
            pl.DataFrame({"answer_code": coded}, schema={"answer_code": pl.String})
            .group_by("answer_code")
            .agg(pl.len().cast(pl.String).alias("n"))
            .select(pl.lit(item.item_id).alias("item_id"), "answer_code", "n")
        )
    counts = pl.concat(per_item) if per_item else pl.DataFrame(schema=schema)
    return counts.sort("item_id", "answer_code"), findings


def _choices(answers: pl.Series, codes: dict[str, str]) -> tuple[list[str], set[str]]:
    """The code of each answer; without codes, what stands there is the code."""
    made, unknown = [], set()
    for text in answers.to_list():
        said = (text or "").strip()
        if not said:
            made.append(NO_ANSWER)
        elif not codes:
            made.append(said.removesuffix(".0"))
        else:
            code = codes.get(plain(said)) or codes.get(plain(said.removesuffix(".0")))
            made.append(code or said)
            unknown |= set() if code else {said}
    return made, unknown


def _ticks(answers: pl.Series, item: Item, separators: str) -> tuple[list[str], set[str]]:
    """For each submission whether this option is among those in the cell. Options may hold the separator
    themselves, so the longest known one is taken first."""
    longest = sorted(item.codes, key=len, reverse=True)
    made, unknown = [], set()
    for text in answers.to_list():
        left, found = plain(text or "").strip(f"{separators} "), set()
        if not left:
            made.append(NO_ANSWER)
            continue
        while left:
            match = next(
                (o for o in longest if left == o or any(left.startswith(f"{o}{s}") for s in separators)), None
            )
            if match is None:
                unknown.add(left)
                break
            found.add(match)
            left = left[len(match) :].lstrip(f"{separators} ")
        made.append(TICKED if item.option in found else NOT_TICKED)
    return made, unknown


def _texts(answers: pl.DataFrame, items: dict[str, str], names: tuple[str, ...], row: int) -> pl.DataFrame:
    found = [
        (item, masked(text.strip(), names))
        for column, item in items.items()
        for text in answers[column].to_list()
        if text and text.strip()
    ]
    secrets.SystemRandom().shuffle(found)
    rows = [(item, one.text, bool(one.flagged), row) for item, one in found]
    return pl.DataFrame(
        rows,
        schema={"item_id": pl.String, "answer": pl.String, "is_flagged": pl.Boolean, "round_row": pl.Int32},
        orient="row",
    )


def read_with_map(
    incoming: Incoming,
    tool: str,
    reports: Sequence[Report],
    passed_over: Iterable[str],
    separators: str = ";",
) -> Raw:
    """The counts of a tool's exports by the map beside them, or what is missing to count."""
    own = {plain(name) for name in passed_over}
    questions = [c for report in reports for c in report.answers.columns if c and plain(c) not in own]
    mapped = map_of(incoming, questions)
    if mapped is None or not any(is_rounds(name) for name in incoming.parts):
        named = ", ".join(f"«{told(one, incoming.names)}»" for one in dict.fromkeys(questions[:_MOST_NAMED]))
        part = told(reports[0].part, incoming.names)
        needed = about("needs_form_map", incoming.name, sheet=part, found=tool, expected=named)
        return Raw([], [needed], form_map=draft_map(reports, own, incoming.names, separators))
    known = {item.column for item in mapped.closed} | set(mapped.open)
    left = [told(one, incoming.names) for one in dict.fromkeys(questions) if one not in known]
    notes = (
        [
            about(
                "unmapped_question",
                incoming.name,
                severity="warning",
                sheet=told(reports[0].part, incoming.names),
                column=", ".join(left[:_MOST_NAMED]),
            )
        ]
        if left
        else []
    )
    per_report = [
        Mapped(
            [item for item in mapped.closed if item.column in report.answers.columns],
            {c: item for c, item in mapped.open.items() if c in report.answers.columns},
        )
        for report in reports
    ]
    made = counted(incoming, reports, per_report, separators)
    return Raw(made.tables, notes + made.findings, made.texts)
