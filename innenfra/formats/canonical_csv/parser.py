"""Reading CSV as Norwegian spreadsheets write it: `;` or `,`, UTF-8 with or without BOM, UTF-16,
Windows-1252, any line end."""

from __future__ import annotations

import csv
import io
import re

import polars as pl

from innenfra.contracts.deliveries import delivery_tables
from innenfra.findings import Finding
from innenfra.formats import Incoming, Raw, RawTable
from innenfra.formats.sheets import BEYOND, about, doubled_sheets, is_label_row, plain, shaped, sheet_names
from innenfra.masking import told

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEADER_BYTES = 1_000_000


def decoded(data: bytes) -> bytes:
    """The bytes as UTF-8 without BOM; what is not UTF-8 is read as Windows-1252."""
    if data.startswith(_UTF_16):
        return data.decode("utf-16", errors="replace").encode()
    if data.isascii():
        return data
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").encode()
    return data


def delimiter(first_line: str) -> str:
    """The separator that splits the header into more parts."""
    return max((";", ",", "\t"), key=first_line.count)


def with_line_feeds(text: bytes) -> bytes:
    """The text with lines that end as polars knows them: old spreadsheets end them with a carriage return
    alone."""
    return text.replace(b"\r", b"\n") if b"\n" not in text else text


def grid(data: bytes) -> tuple[list[str], pl.DataFrame]:
    """Header cells, and all further lines that hold anything as text columns c0, c1 … with `row_number` (the
    header is row 1).

    What stands to the right of the last header is in `BEYOND`. The texts are categories, each column with
    its own: a long file names few distinct things.
    """
    text = with_line_feeds(decoded(data))
    said = re.match(rb"sep=(.)\r?\n", text)
    first, text = (2, text[said.end() :]) if said else (1, text)
    first_line = text.split(b"\n", 1)[0].decode().rstrip("\r")
    separator = said[1].decode() if said else delimiter(first_line)
    headers = next(
        csv.reader(
            io.StringIO(text[:_HEADER_BYTES].decode(errors="ignore"), newline=""), delimiter=separator
        ),
        [],
    )
    names = [f"c{i}" for i in range(len(headers))]
    frame = pl.read_csv(
        io.BytesIO(text),
        separator=separator,
        has_header=False,
        skip_rows=1,
        schema={name: pl.Categorical(pl.Categories.random()) for name in (*names, BEYOND)},
        missing_columns="insert",
        extra_columns="ignore",
        truncate_ragged_lines=True,
        raise_if_empty=False,
    )
    frame = frame.with_row_index("row_number", offset=first + 1).with_columns(
        pl.col("row_number").cast(pl.Int32)
    )
    return headers, _with_content(frame, names)


def _with_content(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Without the lines that hold nothing, as spreadsheets leave them below a table; their numbers are
    kept."""
    hollow = pl.col(names[0]).is_null() | (pl.col(names[0]) == "") if names else pl.lit(False)
    if not frame.select(hollow.any()).item():
        return frame
    return frame.filter(
        ~pl.all_horizontal(
            pl.col(n).cast(pl.String).str.strip_chars(" \t\u00a0").fill_null("") == ""
            for n in (*names, BEYOND)
        )
    )


def read(incoming: Incoming) -> Raw:
    """All CSV parts whose name is a known file type or sheet; one without any row below its header is left
    out."""
    tables: list[RawTable] = []
    findings: list[Finding] = []
    hollow: set[str] = set()
    known = sheet_names()
    for name, data in sorted(incoming.parts.items()):
        if not name.lower().endswith(".csv"):
            continue
        file_type = known.get(plain(name[:-4]))
        if file_type is None:
            findings.append(
                about(
                    "wrong_sheet",
                    incoming.name,
                    sheet=told(name, incoming.names),
                    expected=", ".join(f"{t}.csv" for t in delivery_tables()),
                )
            )
            continue
        if not data.strip():
            findings.append(about("empty_file", name, file_type=file_type, sheet=name))
            continue
        headers, frame = grid(data)
        if frame.height and is_label_row(
            file_type, [v or "" for v in frame.drop("row_number", BEYOND).row(0)]
        ):
            frame = frame.slice(1)
        if frame.is_empty():
            hollow.add(file_type)
            continue
        table, found = shaped(incoming.name, file_type, name, headers, frame, incoming.names)
        findings += found
        tables.append(table)
    return Raw(tables, findings + doubled_sheets(incoming.name, tables), hollow=frozenset(hollow))
