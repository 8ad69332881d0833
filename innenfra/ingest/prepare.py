"""From a raw file to rows that hold, rows held back, deliveries and findings. Pure: no database, no disk.

Belongs here: everything a single file can answer, for the dry run and for ingest alike.
Does not belong here: storing (`receive.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import polars as pl
import polars.selectors as cs
import sqlalchemy as sa

from innenfra.contracts.declare import column_rules, delivered, delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.rules import SumsTo, TableRule
from innenfra.contracts.words import Words
from innenfra.findings import (
    CELL_MESSAGES,
    MEANT,
    MOST_SPANS,
    NOT_IN_MANIFEST,
    OTHER_SCHOOL,
    TYPE_WORDS,
    Finding,
    cell_message,
    counted_rows,
    doubled_key_message,
    more_rows_message,
    place,
    row_place,
    rows_as_written,
    shown,
    sum_message,
    sum_wanted,
    value_finding_message,
)
from innenfra.formats import Incoming, Raw, RawTable, read_parts
from innenfra.formats.sheets import DOUBLED, LANGUAGES, about, doubled_sheets, resembled
from innenfra.ingest import guard, parts
from innenfra.ingest.names import unnamed
from innenfra.ingest.references import not_in_own_sheets
from innenfra.ingest.typed import ERROR_CELL, cleaned, kind_of, known_names, mended, read_cells, typed
from innenfra.masking import told

STATEMENTS = ("not_collected", "not_in_design", "delayed")
SHORT = 5_000
"""Rows of a sheet up to which its columns are read together."""
MOST_TOLD = 20
"""Values of one column that are told of one by one for one rule; the others are told of together."""
_LAST_ROWS = 5
"""Rows at the end of a sheet among which totals may stand."""

Broken = tuple[str, str, str, Words, pl.Series]
"""A rule that some rows break: column, code, severity, what is expected, and which rows."""

OF_A_PERIOD = (
    "school_year",
    "loops",
    "team_loops",
    "team_loop_phases",
    "meetings",
    "meeting_activities",
    "decisions",
)
"""What a school delivers for a year or a loop, so that it matters whether it is complete."""

OF_ONE_SHEET = (
    "missing_column",
    "doubled_column",
    "wrong_sheet",
    "hidden_sheet",
    "empty_file",
    "unknown_part",
    "one_coding_at_a_time",
)
"""What refuses a sheet and leaves the others of the file as they are."""


@dataclass
class Prepared:
    """A file ready to be stored. `landed` and `held` are by file type; `deliveries` are rows of
    inbox.delivery.

    `texts` are open answers (item_id, answer, is_flagged, round_row); `text_left_out` says that there were
    some which
    are not taken in.
    """

    name: str
    format: str | None = None
    school_id: str | None = None
    landed: dict[str, pl.DataFrame] = field(default_factory=dict)
    held: dict[str, pl.DataFrame] = field(default_factory=dict)
    texts: pl.DataFrame | None = None
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rejected: bool = False
    text_left_out: bool = False
    form_map: pl.DataFrame | None = None
    """Of a form that nobody has said what is: a map to confirm. Told to its sender and stored nowhere."""

    @property
    def rows_landed(self) -> int:
        """Rows that hold, over all sheets."""
        return sum(f.height for f in self.landed.values())

    @property
    def rows_held_back(self) -> int:
        """Rows held back, over all sheets."""
        return sum(f.height for f in self.held.values())


def prepare(
    incoming: Incoming, school_id: str | None, registered: frozenset[str] | None, max_bytes: int
) -> Prepared:
    """Read and check one file. `registered` are the known schools; None skips that question (no database at
    hand)."""
    made = Prepared(incoming.name)
    incoming, found = parts.unpacked(incoming, max_bytes)
    if found:
        return _refused(made, *found)
    if not any(data.strip() for data in incoming.parts.values()):
        return _refused(made, about("empty_file", incoming.name))
    for part, data in incoming.parts.items():
        reason = guard.refusal(part, data, max_bytes)
        # letters and pictures are never opened, whatever is in them
        if reason is not None and not (part.lower().endswith(parts.BESIDE) and reason != guard.TOO_LARGE):
            return _refused(made, guard.unsafe(incoming.name, told(part, incoming.names), reason))
    read = read_parts(incoming)
    made.format = read.formats[0] if read.formats else None
    raw = _with_doubled(unnamed(read.raw, incoming.names), incoming.name)
    made.form_map = raw.form_map
    made.findings += raw.findings
    made.findings += parts.unread(incoming, read.unread, bool(read.formats))
    if not read.formats:
        return _refused(made, *([] if made.findings else [about("unknown_format", incoming.name)]))
    if not raw.tables or any(
        f.severity == "error" and (f.rule not in OF_ONE_SHEET or f.file_type == "manifest")
        for f in raw.findings
    ):
        made.rejected = True
        blocks = any(f.severity == "error" for f in made.findings)
        made.findings += [] if blocks else [about("empty_file", incoming.name)]
        return made
    if not any(not t.refused for t in raw.tables if t.file_type != "manifest") and any(
        f.severity == "error" for f in raw.findings
    ):
        made.rejected, made.school_id = True, school_id or _school_of(None, raw)
        made.held = _all_held(raw)
        return made
    return _checked(made, raw, school_id, registered)


def _with_doubled(raw: Raw, file_name: str) -> Raw:
    """The same with a word for each file type that several parts hold, of whatever format: one of them would
    be left unread."""
    told_of = {finding.file_type for finding in raw.findings if finding.rule in DOUBLED}
    found = [one for one in doubled_sheets(file_name, raw.tables) if one.file_type not in told_of]
    return replace(raw, findings=[*raw.findings, *found])


def _refused(made: Prepared, *findings: Finding) -> Prepared:
    made.findings += findings
    made.rejected = True
    return made


def _checked(made: Prepared, raw: Raw, school_id: str | None, registered: frozenset[str] | None) -> Prepared:
    manifest_raw = next((t for t in raw.tables if t.file_type == "manifest"), None)
    manifest = None
    named = _schools_of(raw.tables) if manifest_raw is None else _schools_of([manifest_raw])
    if manifest_raw is not None and len(named) > 1:
        told_of = about("two_schools", made.name, found=str(len(named)), expected=", ".join(named))
        return _refused(made, told_of)
    if manifest_raw is not None:
        manifest, held, found = checked_table(made.name, manifest_raw)
        made.findings += found
        if held.height:
            made.rejected = True
            return made
    made.school_id = school_id or _school_of(manifest, raw)
    if made.school_id is None:
        return _refused(made, *(_wrong_numbers(made.name, raw) or [about("no_school", made.name)]))
    if registered is not None and made.school_id not in registered:
        return _refused(made, about("school_not_registered", made.name, found=made.school_id))
    _compare_with_manifest(made, raw, manifest)
    assumed = Assumed(None, None) if manifest is not None else _assumed(raw)
    if manifest is None and any(table.file_type in OF_A_PERIOD for table in raw.tables):
        made.findings.append(about("no_manifest", made.name, severity="warning"))
    for table in raw.tables:
        if table.refused:
            made.held[table.file_type] = _as_held(table.frame, table.file_type)
        elif table.file_type != "manifest":
            _take(made, table, manifest, assumed)
    made.findings += not_in_own_sheets(made.name, raw, made.landed)
    if manifest is not None:
        made.landed["manifest"] = _stamped(manifest, made.school_id, pl.lit("all"))
    made.deliveries = _deliveries(made, manifest, raw.hollow)
    made.texts = raw.texts
    made.rejected = (
        made.rows_landed - (manifest.height if manifest is not None else 0) == 0 and made.rows_held_back > 0
    )
    if made.rejected:
        made.landed, made.deliveries, made.texts = {}, [], None
        made.held = _all_held(raw)
    return made


def _all_held(raw: Raw) -> dict[str, pl.DataFrame]:
    return {t.file_type: _as_held(t.frame, t.file_type) for t in raw.tables if t.file_type != "manifest"}


def _take(made: Prepared, table: RawTable, manifest: pl.DataFrame | None, assumed: Assumed) -> None:
    """Check one sheet and add its rows to the landed and held ones."""
    assert made.school_id is not None
    occasion = delivered(delivery_tables()[table.file_type]).period == "occasion"
    if manifest is None and occasion and assumed.year is None:
        made.findings.append(
            about(
                "no_period", made.name, file_type=table.file_type, sheet=table.sheet, expected=table.file_type
            )
        )
        made.held[table.file_type] = _as_held(table.frame, table.file_type)
        return
    frame, held, found = checked_table(made.name, table, school_id=made.school_id)
    period, unlisted = _period(table.file_type, frame, manifest, assumed)
    frame = _stamped(frame, made.school_id, period)
    if unlisted is not None and manifest is not None:
        outside, called = frame.filter(pl.col("period").is_null()), table.headers.get(unlisted, unlisted)
        found += _told_by_value(
            made.name,
            table,
            called,
            "not_in_manifest",
            "error",
            NOT_IN_MANIFEST,
            outside.select("row_number", pl.col(unlisted).cast(pl.String)),
        )
        held = pl.concat(
            [
                held,
                _as_held(
                    table.frame.join(outside.select("row_number"), on="row_number", how="semi"),
                    table.file_type,
                ),
            ]
        )
        frame = frame.filter(pl.col("period").is_not_null())
    made.findings += found
    made.landed[table.file_type] = frame
    if held.height:
        made.held[table.file_type] = held


# ---------------------------------------------------------------- one table


def checked_table(
    file_name: str, raw: RawTable, school_id: str | None = None
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """Typed rows that hold, rows held back (row_number, row_values as JSON), and findings."""
    table = delivery_tables()[raw.file_type]
    shared: list[tuple[TableRule, pl.Series]] = []
    typed_columns, broken = _checked_columns(raw.frame, raw.file_type)
    frame = pl.DataFrame([raw.frame["row_number"], *typed_columns])
    for rule in delivered(table).rules:
        if not rule.surely_holds(frame):
            mask = ~frame.select(rule.holds()).to_series()
            if rule.together and mask.any():
                shared.append((rule, mask))
            elif mask.any():
                broken.append((rule.column, rule.code, rule.severity, rule.says(), mask))
    if (
        school_id is not None
        and "school_id" in frame.columns
        and set(frame["school_id"].unique()) - {school_id, None}
    ):
        said = Words(*(OTHER_SCHOOL[lang].format(expected=school_id) for lang in ("nb", "nn", "en")))
        broken.append(
            (
                "school_id",
                "other_school",
                "error",
                said,
                frame.select((pl.col("school_id") != school_id).fill_null(False)).to_series(),
            )
        )
    broken = _once_a_cell(broken, raw, frame)
    whole_rows = _whole_rows(raw)
    if not broken and not shared and not raw.remarks and not whole_rows:
        return frame, _as_held(raw.frame.clear(), raw.file_type), []
    told_whole = pl.Series([False] * frame.height)
    for _, _, _, mask in whole_rows:
        told_whole = told_whole | mask
    findings = [_of_rows(file_name, raw, *one) for one in whole_rows]
    findings += [
        f
        for name, code, severity, said, mask in broken
        for f in _found(file_name, raw, name, code, severity, said, mask & ~told_whole, frame)
    ]
    bad = told_whole
    for _, _, severity, _, mask in broken:
        if severity == "error":
            bad = bad | mask
    for rule, mask in shared:
        findings += _found_together(file_name, raw, rule, frame, mask, bad)
        bad = bad | mask
    return (
        frame.filter(~bad),
        _as_held(raw.frame.filter(bad), raw.file_type),
        sorted(findings, key=lambda f: f.row_number or 0),
    )


def _once_a_cell(broken: list[Broken], raw: RawTable, frame: pl.DataFrame) -> list[Broken]:
    """Each cell told of for its first reason alone; what a reader saw in it comes before what its text
    says."""
    seen: dict[str, pl.Series] = {}
    found: list[Broken] = []
    for rule, column in dict.fromkeys((r.rule, r.column) for r in raw.remarks if r.column is not None):
        said = {r.row_number: r for r in raw.remarks if (r.rule, r.column) == (rule, column)}
        mask = frame["row_number"].is_in(list(said))
        found.append((column, rule, "error", Words("", "", ""), mask))
        seen[column] = mask | seen.get(column, mask)
    for name, code, severity, said_of, mask in broken:
        fresh = mask & ~seen[name] if name in seen else mask
        if severity == "error":
            seen[name] = seen[name] | mask if name in seen else mask
        if fresh.any():
            found.append((name, code, severity, said_of, fresh))
    return found


WholeRows = tuple[str, str, str, pl.Series]
"""A rule that whole rows break: rule, severity, what was found, and which rows."""
TOTALS = (
    "sum",
    "summer",
    "sum:",
    "total",
    "totalt",
    "totals",
    "totalsum",
    "i alt",
    "sum totalt",
    "samlet",
    "sumtotal",
    "til sammen",
    "til saman",
    "grand total",
    "delsum",
)
"""What people write before a total."""


def _whole_rows(raw: RawTable) -> list[WholeRows]:
    """Rows that are no rows of the table: totals, and those that a reader could not take apart."""
    found: list[WholeRows] = []
    numbers = raw.frame["row_number"]
    for rule in dict.fromkeys(r.rule for r in raw.remarks if r.column is None):
        rows = [r.row_number for r in raw.remarks if r.column is None and r.rule == rule]
        found.append((rule, "error", "", numbers.is_in(rows)))
    cells = [name for name in raw.frame.columns if name != "row_number"]
    last = raw.frame.tail(_LAST_ROWS)
    first_word = pl.coalesce(pl.when((text := cleaned_text(name)) != "").then(text) for name in cells)
    words = last.select("row_number", first_word.alias("word")).filter(pl.col("word").is_in(TOTALS))
    found += [("totals_row", "error", word, numbers == number) for number, word in words.rows()]
    return found


def cleaned_text(name: str) -> pl.Expr:
    """A cell as it is compared with words."""
    return pl.col(name).cast(pl.String).str.strip_chars().str.to_lowercase()


def _of_rows(file_name: str, raw: RawTable, rule: str, severity: str, found: str, mask: pl.Series) -> Finding:
    rows = raw.frame["row_number"].filter(mask).to_list()
    message = cell_message(rule, row_place(file_name, raw.sheet, counted_rows(rows)), found)
    return replace(
        _finding(file_name, raw, rule, severity, message, rows[0], "", found or None),
        column=None,
        rows=tuple(rows),
    )


def _checked_columns(frame: pl.DataFrame, file_type: str) -> tuple[list[pl.Series], list[Broken]]:
    """All columns typed, and each rule of a column that some value breaks.

    Of a long sheet, types and rules are worked out on the distinct values of each column and carried back,
    and
    texts come back as categories: most columns have few. A short one is cheaper done in one go.
    """
    columns = delivered_columns(delivery_tables()[file_type])
    if frame.height <= SHORT:
        return _judged(
            frame.select(cs.exclude("row_number").cast(pl.String)), file_type, tuple(c.name for c in columns)
        )
    values: list[pl.Series] = []
    broken: list[Broken] = []
    for column in columns:
        cells, place = _distinct(frame[column.name])
        (typed_cells,), found = _judged(cells.to_frame(column.name), file_type, (column.name,))
        if typed_cells.dtype == pl.String:
            typed_cells = typed_cells.cast(pl.Categorical(pl.Categories.random()))
        values.append(typed_cells.gather(place).alias(column.name))
        for name, code, severity, said, mask in found:
            if (carried := mask.gather(place)).any():
                broken.append((name, code, severity, said, carried))
    return values, broken


def _judged(
    cells: pl.DataFrame, file_type: str, names: tuple[str, ...]
) -> tuple[list[pl.Series], list[Broken]]:
    """The columns typed, and each rule that some of these cells breaks."""
    cleaning, reading, judging, rules = _questions(file_type, names)
    # step by step, so that what many questions ask for is worked out once
    read = cells.with_columns(cleaning).select(reading)
    answers = read.select(judging).get_columns()
    broken = [(*rule, mask) for rule, mask in zip(rules, answers, strict=True) if mask.any()]
    return [read[name] for name in names], broken


@cache
def _questions(
    file_type: str, names: tuple[str, ...]
) -> tuple[list[pl.Expr], list[pl.Expr], list[pl.Expr], list[tuple[str, str, str, Words]]]:
    """What is asked of the columns: their cells cleaned, then their values and whether cells are filled in,
    then for each rule whether it is broken."""
    cleaning: list[pl.Expr] = []
    reading: list[pl.Expr] = []
    judging: list[pl.Expr] = []
    rules: list[tuple[str, str, str, Words]] = []
    for column in (c for c in delivered_columns(delivery_tables()[file_type]) if c.name in names):
        value, filled = pl.col(column.name), pl.col(f"{column.name} filled")
        text = pl.col(f"{column.name} text")
        cleaning.append(cleaned(column.name).alias(text.meta.output_name()))
        reading += [
            typed(column, text).alias(column.name),
            text.is_not_null().alias(filled.meta.output_name()),
            text.str.contains(ERROR_CELL).fill_null(False).alias(f"{column.name} error"),
            mended(column, text).alias(f"{column.name} mended"),
        ]
        error_cell = pl.col(f"{column.name} error")
        asked = [("error_cell", "error", Words("", "", ""), error_cell)]
        if kind_of(column) is not str:
            asked.append(("type", "error", TYPE_WORDS[kind_of(column)], value.is_null() & filled))
        for rule in column_rules(column):
            # a cell that cannot be read is told of as that, not as empty
            wrong = ~filled if rule.code == "required" else ~rule.holds(value)
            asked.append((rule.code, rule.severity, rule.says(), wrong))
        asked.append(("mended", "warning", Words("", "", ""), pl.col(f"{column.name} mended")))
        judging += [wrong.alias(str(len(judging) + i)) for i, (*_, wrong) in enumerate(asked)]
        rules += [(column.name, code, severity, said) for code, severity, said, _ in asked]
    return cleaning, reading, judging, rules


def _distinct(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The distinct texts (null among them), and for each cell the index of its own."""
    coded = (
        cells
        if isinstance(cells.dtype, pl.Categorical)
        else cells.cast(pl.Categorical(pl.Categories.random()))
    )
    codes, used = coded.to_physical(), coded.unique().drop_nulls()
    texts = pl.concat([used.cast(pl.String), pl.Series([None], dtype=pl.String)])
    own = used.to_physical().to_list()
    place = pl.repeat(0, max(own, default=0) + 1, dtype=pl.UInt32, eager=True).scatter(
        own, list(range(len(own)))
    )
    return texts, place.gather(codes).fill_null(len(own))


def _found(
    file_name: str,
    raw: RawTable,
    name: str,
    code: str,
    severity: str,
    said: Words,
    mask: pl.Series,
    frame: pl.DataFrame,
) -> list[Finding]:
    """One finding for each value that breaks the rule, however many rows it stands in."""
    rows = raw.frame.filter(mask).select("row_number", pl.col(name).cast(pl.String))
    if rows.is_empty():
        return []
    header = raw.headers.get(name, name)
    remarks = {r.row_number: r.found for r in raw.remarks if (r.rule, r.column) == (code, name)}
    if remarks:
        rows = rows.with_columns(
            pl.col("row_number").replace_strict(remarks, default="", return_dtype=pl.String).alias(name)
        )
    read_as = None
    if code == "mended":
        read_as = dict(
            zip(rows[name].to_list(), frame.filter(mask)[name].cast(pl.String).to_list(), strict=True)
        )
    meant = known_names(delivery_tables()[raw.file_type].c[name]) if code in ("one_of", "known") else ()
    return _told_by_value(
        file_name, raw, header, code, severity, _in_senders_words(said, raw), rows, read_as, meant
    )


def _told_by_value(
    file_name: str,
    raw: RawTable,
    header: str,
    code: str,
    severity: str,
    expected: Words,
    rows: pl.DataFrame,
    read_as: dict[str, str | None] | None = None,
    meant: Sequence[str] = (),
) -> list[Finding]:
    """`rows` are row numbers and what stands there: each distinct value is told of once with all its rows,
    and of many values the first ones."""
    by_value = rows.group_by(rows.columns[1], maintain_order=True).agg("row_number").rows()
    told_of = []
    for value, numbers in by_value[:MOST_TOLD]:
        where = counted_rows(numbers)
        if code in CELL_MESSAGES:
            read = shown(read_as.get(value)) if read_as and value else None
            at = place(file_name, raw.sheet, where, header)
            message = cell_message(code, at, shown(value) or "", read or "")
        else:
            message = value_finding_message(file_name, raw.sheet, where, header, value, expected)
        close = resembled(value, meant) if value and meant else None
        if close is not None:
            message = Words(*(f"{message[lang]} {MEANT[lang].format(meant=close)}" for lang in LANGUAGES))
        found = _finding(file_name, raw, code, severity, message, numbers[0], header, shown(value))
        told_of.append(replace(found, rows=tuple(numbers)))
    others = [number for _, numbers in by_value[MOST_TOLD:] for number in numbers]
    if others:
        message = more_rows_message(file_name, raw.sheet, others[0], header, len(others), expected)
        found = _finding(file_name, raw, code, severity, message, others[0], header, None)
        told_of.append(replace(found, rows=tuple(others)))
    return told_of


def _finding(
    file_name: str,
    raw: RawTable,
    code: str,
    severity: str,
    message: Words,
    number: int,
    header: str,
    value: str | None,
) -> Finding:
    return Finding(
        file_name=file_name,
        rule=code,
        severity="warning" if severity == "warning" else "error",
        message=message,
        owner=(
            "university" if delivered(delivery_tables()[raw.file_type]).sender == "university" else "school"
        ),
        file_type=raw.file_type,
        sheet=raw.sheet,
        row_number=number,
        column=header,
        value_shown=value,
    )


def _found_together(
    file_name: str, raw: RawTable, rule: TableRule, frame: pl.DataFrame, mask: pl.Series, bad: pl.Series
) -> list[Finding]:
    """One finding for each group of rows that break a rule together, unless all of them are held for reasons
    of their own."""
    groups = frame.with_columns(mask.alias("_broken"), bad.alias("_bad")).filter(
        pl.col("_broken").any().over(rule.together)
    )
    findings = []
    for key, rows in groups.group_by(rule.together, maintain_order=True):
        if rows.filter("_broken")["_bad"].all():
            continue
        numbers = rows["row_number"].to_list()
        if isinstance(rule, SumsTo):
            number, name, value = numbers[0], rule.part, str(rows[rule.part].sum())
        else:
            number, value = numbers[-1], ", ".join(str(v) for v in key if v is not None)
            name = next(
                (n for n, v in zip(reversed(rule.together), reversed(key), strict=True) if v is not None),
                rule.column,
            )
        header = raw.headers.get(name, name)
        where = place(file_name, raw.sheet, number, header)
        if isinstance(rule, SumsTo):
            total = raw.headers.get(rule.total, rule.total)
            message = sum_message(
                where,
                value,
                rows_as_written(numbers, MOST_SPANS),
                sum_wanted(str(rows[rule.total][0]), total),
            )
        else:
            message = doubled_key_message(
                where, value, rows_as_written(numbers[:-1], MOST_SPANS), _in_senders_words(rule.says(), raw)
            )
        findings.append(
            _finding(file_name, raw, rule.code, rule.severity, message, number, header, shown(value))
        )
    return findings


def _in_senders_words(said: Words, raw: RawTable) -> Words:
    """What is expected, with columns called what the sender calls them."""
    if not raw.headers:
        return said
    known = re.compile(r"\b(" + "|".join(map(re.escape, raw.headers)) + r")\b(?!\))")
    return Words(
        *(
            known.sub(lambda found: f"«{raw.headers[found[1]]}»", said[language])
            for language in ("nb", "nn", "en")
        )
    )


def _as_held(frame: pl.DataFrame, file_type: str) -> pl.DataFrame:
    """Rows as they are kept: what breaks the rules of its column can be anything, so it is masked and cut."""
    values = pl.struct(pl.all().exclude("row_number").cast(pl.String))
    if frame.is_empty():
        return pl.DataFrame(schema={"row_number": pl.Int32, "row_values": pl.String})
    kept = frame.with_columns(
        _kept_cells(frame[c.name], file_type)
        for c in delivered_columns(delivery_tables()[file_type])
        if c.name in frame.columns
    )
    return kept.select("row_number", values.struct.json_encode().alias("row_values"))


def _kept_cells(cells: pl.Series, file_type: str) -> pl.Series:
    texts = cells.unique().drop_nulls().cast(pl.String)
    _, broken = _judged(texts.to_frame(cells.name), file_type, (cells.name,))
    wrong = pl.Series([False] * len(texts), dtype=pl.Boolean)
    for *_, mask in broken:
        wrong = wrong | mask
    said = {text: told(text) for text in texts.filter(wrong).to_list()}
    return cells.cast(pl.String).replace(said) if said else cells


# ---------------------------------------------------------------- periods and deliveries


def _school_of(manifest: pl.DataFrame | None, raw: Raw) -> str | None:
    """The manifest's school, or the only school that the rows name by a number that a school can have."""
    if manifest is not None and manifest.height:
        return str(manifest["school_id"][0])
    named = _schools_of(raw.tables)
    return named[0] if len(named) == 1 else None


def _schools_of(tables: Sequence[RawTable]) -> list[str]:
    """The schools that the rows of the first sheet name that names any."""
    for table in tables:
        if "school_id" in table.frame.columns:
            named = set(_values(table.frame, delivery_tables()[table.file_type].c.school_id))
            # anything can stand there, and a file is kept under what it names
            numbers = [one for one in named if re.fullmatch(r"[89]\d{8}", str(one))]
            if numbers:
                return sorted(numbers)
    return []


def _wrong_numbers(file_name: str, raw: Raw) -> list[Finding]:
    """What stands where the number of the school should be, where it is meant as a number."""
    for table in raw.tables:
        if "school_id" not in table.frame.columns or table.refused:
            continue
        _, _, found = checked_table(file_name, table)
        wrong = [
            f for f in found if f.rule == "organisation_number" and re.search(r"\d{3}", f.value_shown or "")
        ]
        if wrong:
            return wrong
    return []


@dataclass(frozen=True)
class Assumed:
    """What a file without a manifest is taken to be for: the one school year that its own sheets name, and
    the one loop."""

    year: str | None
    loop: int | None


def _assumed(raw: Raw) -> Assumed:
    years, loops = set(), set()
    for table in raw.tables:
        columns = delivery_tables()[table.file_type].c
        if delivered(delivery_tables()[table.file_type]).period == "occasion" or table.refused:
            continue
        if "school_year" in table.frame.columns:
            years |= set(_values(table.frame, columns.school_year))
        if "loop_no" in table.frame.columns and table.file_type in ("loops", "team_loops"):
            loops |= set(_values(table.frame, columns.loop_no))
    year = years.pop() if len(years) == 1 else None
    return Assumed(year, loops.pop() if year is not None and len(loops) == 1 else None)


def _values(frame: pl.DataFrame, column: sa.Column[Any]) -> list[Any]:
    """The distinct values of a column, typed."""
    written = frame.select(pl.col(column.name).unique().cast(pl.String))
    values: list[Any] = read_cells(written, (column,)).to_series().drop_nulls().unique().to_list()
    return values


def _period(
    file_type: str, frame: pl.DataFrame, manifest: pl.DataFrame | None, assumed: Assumed
) -> tuple[pl.Expr, str | None]:
    """The rows' period, and the column to point at where a row's period is not in the manifest."""
    kind = delivered(delivery_tables()[file_type]).period
    listed = None if manifest is None else manifest.filter(pl.col("file_type") == file_type)
    if kind == "whole":
        return pl.lit("all"), None
    if kind == "school_year":
        period = pl.col("school_year")
        if listed is None:
            return period, None
        return pl.when(period.is_in(listed["school_year"].to_list())).then(period), "school_year"
    if kind == "loop":
        period = pl.format("{}/{}", pl.col("partnership_id"), pl.col("loop_no"))
        loops = [] if listed is None else listed["loop_no"].drop_nulls().to_list()
        if not loops:
            return period, None
        return pl.when(pl.col("loop_no").is_in(loops)).then(period), "loop_no"
    if listed is None and assumed.year is not None:
        return pl.lit(_occasion_name(assumed.year, assumed.loop)), None
    if listed is None or listed.is_empty():
        return pl.lit("all"), None
    return _occasion(frame, listed), None


def _occasion(frame: pl.DataFrame, listed: pl.DataFrame) -> pl.Expr:
    """What the manifest says of each row: by its own loop, else by its own school year, else the first that
    names no loop."""
    said = sorted(
        listed.select("school_year", "loop_no").unique().rows(),
        key=lambda row: (row[1] is not None, *map(str, row)),
    )
    period = pl.lit(_occasion_name(*said[0]))
    for name, position in (("school_year", 0), ("loop_no", 1)):
        named = [row for row in said if name in frame.columns and row[position] is not None]
        for row in reversed(named):
            period = (
                pl.when(pl.col(name) == row[position]).then(pl.lit(_occasion_name(*row))).otherwise(period)
            )
    return period


def _occasion_name(year: str, loop: int | None) -> str:
    return year if loop is None else f"{year}/{loop}"


def _stamped(frame: pl.DataFrame, school_id: str, period: pl.Expr) -> pl.DataFrame:
    few = pl.Categorical(pl.Categories.random())
    return frame.with_columns(
        pl.lit(school_id).cast(few).alias("school_id"), period.cast(few).alias("period")
    )


def _compare_with_manifest(made: Prepared, raw: Raw, manifest: pl.DataFrame | None) -> None:
    if manifest is None:
        return
    there = {t.file_type: t.sheet for t in raw.tables if t.file_type != "manifest"}
    promised = set(manifest.filter(~pl.col("completeness").is_in(STATEMENTS))["file_type"].to_list())
    for file_type in sorted(promised - set(there) - raw.hollow):
        made.findings.append(
            about("missing_sheet", made.name, severity="warning", file_type=file_type, expected=file_type)
        )
    for file_type in sorted(promised & raw.hollow - set(there)):
        made.findings.append(
            about("hollow_sheet", made.name, severity="warning", file_type=file_type, sheet=file_type)
        )
    for file_type in sorted(set(there) - set(manifest["file_type"].to_list()) - {"log_rounds", "log_counts"}):
        made.findings.append(
            about(
                "unannounced_sheet",
                made.name,
                severity="warning",
                file_type=file_type,
                sheet=there[file_type],
            )
        )


def _deliveries(
    made: Prepared, manifest: pl.DataFrame | None, hollow: frozenset[str]
) -> list[dict[str, Any]]:
    """Rows of inbox.delivery: each period and partnership that landed, and each statement about one without
    rows.

    `hollow` are the file types whose sheet is there without a row: a statement that it is complete is then an
    answer.
    """
    stated = [] if manifest is None else list(manifest.iter_rows(named=True))
    only = _only_partnership(made, stated)
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for file_type, frame in made.landed.items():
        if file_type == "manifest":
            continue
        listed = [s for s in stated if s["file_type"] == file_type]
        held = made.held[file_type].height if file_type in made.held else 0
        own = ["partnership_id"] if "partnership_id" in frame.columns else []
        for (value, *named), part in frame.group_by("period", *own, maintain_order=True):
            partnerships = (
                [str(named[0])] if named else sorted({s["partnership_id"] for s in listed}) or [only]
            )
            for partnership in partnerships:
                said = _statement([s for s in listed if s["partnership_id"] == partnership] or listed, part)
                rows[file_type, partnership, str(value)] = _delivery(
                    made, file_type, partnership, str(value), said, part, held
                )
                held = 0
    for said in stated:
        file_type, key = (
            said["file_type"],
            (said["file_type"], said["partnership_id"], _stated_period(said["file_type"], said)),
        )
        spoken_of = said["completeness"] in STATEMENTS or file_type in hollow
        if spoken_of and key not in rows and file_type in delivery_tables():
            rows[key] = _delivery(made, *key, said, None, 0)
    return list(rows.values())


def _only_partnership(made: Prepared, stated: list[dict[str, Any]]) -> str:
    """The partnership that the whole file is about; empty text where it names none or several."""
    named = {s["partnership_id"] for s in stated}
    for frame in made.landed.values():
        if "partnership_id" in frame.columns:
            named |= set(frame["partnership_id"].cast(pl.String).unique().drop_nulls().to_list())
    return str(named.pop()) if len(named) == 1 else ""


def _statement(statements: list[dict[str, Any]], part: pl.DataFrame) -> dict[str, Any] | None:
    """The manifest row that speaks of these rows: by loop, by school year, or the only one."""
    for name in ("loop_no", "school_year"):
        if name in part.columns:
            match = [s for s in statements if s[name] is not None and s[name] == part[name][0]]
            if match:
                return match[0]
    return statements[0] if statements else None


def _stated_period(file_type: str, said: dict[str, Any]) -> str:
    table = delivery_tables().get(file_type)
    kind = delivered(table).period if table is not None else "whole"
    if kind == "whole":
        return "all"
    if kind == "loop" and said["loop_no"] is not None:
        return f"{said['partnership_id']}/{said['loop_no']}"
    if kind == "occasion" and said["loop_no"] is not None:
        return f"{said['school_year']}/{said['loop_no']}"
    return str(said["school_year"])


def _delivery(
    made: Prepared,
    file_type: str,
    partnership: str,
    period: str,
    said: dict[str, Any] | None,
    part: pl.DataFrame | None,
    held: int,
) -> dict[str, Any]:
    def value(name: str) -> Any:
        if said is not None and said.get(name) is not None:
            return said[name]
        return part[name][0] if part is not None and name in part.columns and part.height else None

    return {
        "school_id": made.school_id,
        "file_type": file_type,
        "period": period,
        "delivery_id": said["delivery_id"] if said else None,
        "partnership_id": partnership,
        "supersedes_delivery_id": said["supersedes_delivery_id"] if said else None,
        "delivered_on": said["delivered_on"] if said else None,
        "covers_year": said is not None and said["loop_no"] is None,
        "school_year": value("school_year"),
        "loop_no": value("loop_no"),
        "completeness": said["completeness"] if said else "complete",
        "assumed_columns": said["assumed_columns"] if said else None,
        "rows_landed": part.height if part is not None else 0,
        "rows_held_back": held,
    }
