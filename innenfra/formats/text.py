"""Delivered text as rows of cells: character sets, separators, quotes.

Belongs here: reading CSV as people's spreadsheets write it, whatever they wrote it with, and saying where
it could not be read with certainty.
Does not belong here: which sheet it is and which columns it has (`sheets.py`).

A character set is chosen by evidence: a byte order mark, NUL bytes in a steady place, whether the bytes are
UTF-8, and else which of the sets of old Norwegian machines gives words of Norwegian letters.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

import polars as pl

BEYOND = "beyond"
"""Column of a grid with what stands in a row where the sheet has no header."""
USUAL = ("utf-8", "utf-16", "cp1252")
"""Character sets that nobody needs to be told of."""
_HEADER_BYTES = 200_000
_MOST_JOINED, _MOST_TRIED = 20, 1_000
_OLD_SETS = ("cp1252", "cp850", "cp865", "mac_roman")
_GOOD = re.compile(
    r"(?<=[A-Za-zæøåÆØÅ])[æøåéèêóòôäöü](?=[\W\da-zæøå]|$)|(?<![A-Za-z])[ÆØÅ](?=[a-zA-ZæøåÆØÅ])|\b[æøå]"
)
_DOUBLY = re.compile("Ã[¦¥¸©¨²´¤¶¼†˜…‰\u0098\u0085\u0086]|â€[“”™œ¦˜]|Â[«»·§ ]")


@dataclass(frozen=True)
class Decoded:
    """Text as UTF-8 without BOM, the character set it was read as, and lines whose set was another."""

    data: bytes
    charset: str
    odd_lines: tuple[int, ...] = ()
    mended: bool = False
    """Whether it had been read in the wrong set and saved again, and was put right."""


def decode(data: bytes) -> Decoded:
    """The bytes as UTF-8, by evidence of what they are."""
    data = data.rstrip(b"\x1a") if data.endswith(b"\x1a") else data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(data.decode("utf-16", errors="replace").encode(), "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    wide = utf_16_of(data)
    if wide:
        return Decoded(data.decode(wide, errors="replace").encode(), wide)
    if data.isascii():
        return Decoded(data, "utf-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data)
    if _DOUBLY.search(text) and (mended := _put_right(text)) is not None:
        return Decoded(mended.encode(), "utf-8", mended=True)
    return Decoded(data, "utf-8")


def utf_16_of(data: bytes) -> str | None:
    """Which UTF-16 the bytes are that have no mark of it: the NULs of plain letters stand at one side."""
    start = data[:2_000]
    if len(start) < 4 or b"\x00" not in start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _old(data: bytes) -> Decoded:
    """Bytes that are not UTF-8: in one old set, or line by line where some lines are UTF-8."""
    lines = data.split(b"\n")
    foreign = [number for number, line in enumerate(lines, start=1) if not line.isascii()]
    broken = [number for number in foreign if not _is_utf_8(lines[number - 1])]
    charset = _likeliest(b"\n".join(lines[number - 1] for number in broken))
    if len(broken) == len(foreign):
        return Decoded(data.decode(charset, errors="replace").encode(), charset)
    own = set(broken)
    made = [
        line.decode(charset, errors="replace").encode() if number in own else line
        for number, line in enumerate(lines, start=1)
    ]
    return Decoded(b"\n".join(made), "utf-8", tuple(broken))


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(data: bytes) -> str:
    """The old set in which most of the foreign letters stand as they do in Norwegian words."""

    def evidence(charset: str) -> tuple[int, int]:
        text = data[:200_000].decode(charset, errors="replace")
        return len(_GOOD.findall(text)), -_OLD_SETS.index(charset)

    return max(_OLD_SETS, key=evidence)


def _put_right(text: str) -> str | None:
    """Text that was UTF-8, read as Windows-1252 and saved as UTF-8, as it was before; None where that cannot
    be."""

    def one(found: re.Match[str]) -> str:
        try:
            return found[0].encode("cp1252").decode("utf-8")
        except UnicodeError:
            return found[0]

    made = re.sub("[Ã-ï][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}", one, text)
    return made if made != text else None


def with_line_feeds(text: bytes) -> bytes:
    """The text with lines that end as polars knows them: old spreadsheets end them with a carriage return
    alone."""
    return text.replace(b"\r", b"\n") if b"\n" not in text else text


def delimiter(first_line: str) -> str:
    """The separator that splits the header into more parts."""
    return max((";", ",", "\t"), key=first_line.count)


@dataclass(frozen=True)
class Grid:
    """A delivered text as cells: header cells; further lines as columns c0, c1 …, `BEYOND` and `row_number`
    (the header is row 1); rows where a quote is not closed; and how its letters were read."""

    headers: list[str]
    frame: pl.DataFrame
    decoded: Decoded
    open_quotes: tuple[int, ...] = ()


def grid(data: bytes) -> Grid:
    """All lines that hold anything, whatever quotes stand in them.

    The texts of a regular file are categories, each column with its own: a long file names few distinct
    things.
    """
    decoded = decode(data)
    text = with_line_feeds(decoded.data)
    # The limit is the process's own, and dbt reads its seeds in the same process: it is never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    said = re.match(rb"sep=(.)\r?\n", text)
    first, text = (2, text[said.end() :]) if said else (1, text)
    first_line = text.split(b"\n", 1)[0].decode().rstrip("\r")
    separator = said[1].decode() if said else delimiter(first_line)
    if b'"' in text and not _quotes_hold(text, separator):
        headers, frame, open_quotes = _line_by_line(text, separator, first)
        return Grid(headers, frame, decoded, open_quotes)
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
    return Grid(headers, _with_content(frame, names), decoded)


def headers_in(data: bytes) -> list[str]:
    """The header cells alone, from the beginning of a text."""
    start = data[:_HEADER_BYTES]
    if len(data) > _HEADER_BYTES:
        start = start[: start.rfind(b"\n") + 1] or start
    text = with_line_feeds(decode(start).data)
    text = re.sub(rb"^sep=(.)\r?\n", b"", text)
    first_line = text.split(b"\n", 1)[0].decode(errors="ignore").rstrip("\r")
    lines = io.StringIO(text.decode(errors="ignore"), newline="")
    try:
        return next(csv.reader(lines, delimiter=delimiter(first_line)), [])
    except csv.Error:
        return first_line.split(delimiter(first_line))


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


def _quotes_hold(text: bytes, separator: str) -> bool:
    """Whether every quote opens or closes a cell, and no cell swallows what looks like further rows."""
    reader = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=separator, strict=True)
    width, before = 0, 0
    try:
        for cells in reader:
            width = width or len(cells)
            if reader.line_num - before > 1 and any(_holds_rows(cell, separator, width) for cell in cells):
                return False
            before = reader.line_num
    except csv.Error:
        return False
    return True


def _holds_rows(cell: str, separator: str, width: int) -> bool:
    """Whether a cell of several lines holds a line with about as many separators as the sheet has."""
    return (
        "\n" in cell
        and width > 2
        and any(line.count(separator) >= max(2, width // 2) for line in cell.split("\n")[1:])
    )


def _line_by_line(text: bytes, separator: str, first: int) -> tuple[list[str], pl.DataFrame, tuple[int, ...]]:
    """Header, rows and the rows with a quote that is never closed: each line by itself, joined with the next
    ones only where a cell plainly goes on there."""
    lines = [line.rstrip("\r") for line in text.decode().split("\n")]
    records: list[tuple[int, list[str]]] = []
    unclosed: list[int] = []
    at, number = 0, first
    while at < len(lines):
        most = _MOST_JOINED if len(unclosed) < _MOST_TRIED else 1
        cells, used = _record(lines[at : at + most], separator, len(records[0][1]) if records else 0)
        if cells is None:
            cells, used = lines[at].split(separator), 1
            unclosed.append(number)
        if any(cell.strip(" \t\u00a0") for cell in cells) or not records:
            records.append((number, cells))
        at, number = at + used, number + 1
    headers, body = records[0][1], records[1:]
    width = len(headers)
    frame = pl.DataFrame(
        {f"c{i}": [cells[i] if i < len(cells) else None for _, cells in body] for i in range(width)}
        | {BEYOND: [" ".join(cells[width:]).strip() or None for _, cells in body]},
        schema=dict.fromkeys((*(f"c{i}" for i in range(width)), BEYOND), pl.String),
    ).with_columns(pl.Series("row_number", [n for n, _ in body], pl.Int32))
    return headers, frame, tuple(unclosed)


def _record(lines: list[str], separator: str, width: int) -> tuple[list[str] | None, int]:
    """The cells of the record that starts with the first line, and how many lines it takes; None where a
    quote is not closed."""
    if '"' not in lines[0]:
        return lines[0].split(separator), 1
    for used in range(1, len(lines) + 1):
        if '"' not in lines[used - 1]:
            continue
        cells = _strictly("\n".join(lines[:used]), separator)
        if cells is not None:
            swallowed = any(_holds_rows(c, separator, width or len(cells)) for c in cells)
            return (None, 1) if swallowed else (cells, used)
        if used == 1 and (plain := _with_words_in_quotes(lines[0], separator, width)) is not None:
            return plain, 1
    return None, 1


def _strictly(text: str, separator: str) -> list[str] | None:
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
    return read[0] if len(read) == 1 else None


def _with_words_in_quotes(line: str, separator: str, width: int) -> list[str] | None:
    """A line whose cells hold quotes as letters, each cell with as many that open as close: the cells as they
    stand; quoted cells beside them lose their quotes."""
    cells = line.split(separator)
    if (width and len(cells) != width) or any(cell.count('"') % 2 for cell in cells):
        return None
    return [
        cell[1:-1].replace('""', '"')
        if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', "")
        else cell
        for cell in cells
    ]
