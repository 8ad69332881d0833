"""Reading CSV as Norwegian spreadsheets write it: `;` or `,`, UTF-8 with or without BOM, Windows-1252."""

from __future__ import annotations

import csv
import io

import polars as pl

from innenfra.contracts.deliveries import delivery_tables
from innenfra.findings import Finding
from innenfra.formats import Incoming, Raw, RawTable
from innenfra.formats.sheets import about, is_label_row, plain, shaped, sheet_names


def decoded(data: bytes) -> bytes:
    """The bytes as UTF-8 without BOM; what is not UTF-8 is read as Windows-1252."""
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


def grid(data: bytes) -> tuple[list[str], pl.DataFrame]:
    """Header cells, and all further lines as text columns c0, c1 … with `row_number` (the header is row 1).

    The texts are categories, each column with its own: a long file names few distinct things.
    """
    text = decoded(data)
    first_line = text.split(b"\n", 1)[0].decode().rstrip("\r")
    separator = delimiter(first_line)
    headers = next(csv.reader([first_line], delimiter=separator), [])
    names = [f"c{i}" for i in range(len(headers))]
    frame = pl.read_csv(
        io.BytesIO(text),
        separator=separator,
        has_header=False,
        skip_rows=1,
        new_columns=names,
        schema_overrides={name: pl.Categorical(pl.Categories.random()) for name in names},
        infer_schema=False,
        truncate_ragged_lines=True,
        raise_if_empty=False,
    )
    frame = frame.select([pl.col(c) if c in frame.columns else pl.lit(None, pl.String).alias(c) for c in names])
    return headers, frame.with_row_index("row_number", offset=2).with_columns(pl.col("row_number").cast(pl.Int32))


def read(incoming: Incoming) -> Raw:
    """All CSV parts whose name is a known file type or sheet."""
    tables: list[RawTable] = []
    findings: list[Finding] = []
    known = sheet_names()
    for name, data in sorted(incoming.parts.items()):
        if not name.lower().endswith(".csv"):
            continue
        file_type = known.get(plain(name[:-4]))
        if file_type is None:
            findings.append(about("wrong_sheet", incoming.name, sheet=name, expected=", ".join(f"{t}.csv" for t in delivery_tables())))
            continue
        if not data.strip():
            findings.append(about("empty_file", name, file_type=file_type, sheet=name))
            continue
        headers, frame = grid(data)
        if frame.height and is_label_row(file_type, [v or "" for v in frame.row(0)[1:]]):
            frame = frame.slice(1)
        table, found = shaped(incoming.name, file_type, name, headers, frame)
        findings += found
        if table is not None:
            tables.append(table)
    return Raw(tables, findings)
