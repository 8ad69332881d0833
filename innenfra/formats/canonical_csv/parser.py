"""Reading the template as CSV: one part for each sheet, named by its file type or label."""

from __future__ import annotations

from innenfra.findings import Finding
from innenfra.formats import Incoming, Raw, RawTable, Remark
from innenfra.formats.sheets import about, doubled_sheets, file_type_of, is_label_row, shaped, unknown_sheet
from innenfra.formats.text import BEYOND, USUAL, Grid, grid
from innenfra.masking import told

ENDINGS = (".csv", ".tsv", ".txt")


def base_name(part: str) -> str:
    """The name of a part without folder and ending."""
    return part.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def read(incoming: Incoming) -> Raw:
    """All CSV parts whose name is a known file type or sheet; one without any row below its header is left
    out."""
    tables: list[RawTable] = []
    findings: list[Finding] = []
    hollow: set[str] = set()
    for name, data in sorted(incoming.parts.items()):
        file_type = file_type_of(base_name(name))
        called = told(name, incoming.names)
        if not data.strip():
            findings.append(about("empty_file", called, file_type=file_type, sheet=called))
            continue
        rows = grid(data)
        if file_type is None:
            headers = ", ".join(told(header, incoming.names) for header in rows.headers[:5] if header)
            findings.append(unknown_sheet(incoming.name, called, headers))
            continue
        table, found = table_of(incoming, file_type, name, rows)
        findings += found
        if table is None:
            hollow.add(file_type)
        else:
            tables.append(table)
    return Raw(tables, findings + doubled_sheets(incoming.name, tables), hollow=frozenset(hollow))


def table_of(
    incoming: Incoming, file_type: str, sheet: str, rows: Grid
) -> tuple[RawTable | None, list[Finding]]:
    """The grid as a raw table, or None where nothing stands below its header."""
    frame = rows.frame
    if frame.height and is_label_row(file_type, [v or "" for v in frame.drop("row_number", BEYOND).row(0)]):
        frame = frame.slice(1)
    if frame.is_empty():
        return None, []
    open_quotes = set(rows.open_quotes)
    remarks = tuple(
        Remark("open_quote", number) for number in frame["row_number"].to_list() if number in open_quotes
    ) if open_quotes else ()  # fmt: skip
    table, found = shaped(incoming.name, file_type, sheet, rows.headers, frame, incoming.names, remarks)
    return table, found + _of_letters(incoming, file_type, sheet, rows)


def _of_letters(incoming: Incoming, file_type: str, sheet: str, rows: Grid) -> list[Finding]:
    """A word where the letters had to be guessed."""
    decoded = rows.decoded

    def said(rule: str, found: str = "", row: int | None = None) -> Finding:
        return about(
            rule,
            incoming.name,
            severity="warning",
            file_type=file_type,
            sheet=sheet,
            found=found,
            row_number=row,
        )

    if decoded.mended:
        return [said("doubly_encoded")]
    if decoded.odd_lines:
        return [said("mixed_charset", str(len(decoded.odd_lines)), decoded.odd_lines[0])]
    return [] if decoded.charset in USUAL else [said("other_charset", decoded.charset)]
