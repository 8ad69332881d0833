"""Loading with COPY.

Belongs here: frames into tables, as fast as PostgreSQL takes them.
Does not belong here: deciding what is loaded (`innenfra/ingest`).
"""

from __future__ import annotations

import io

import polars as pl
import psycopg
import sqlalchemy as sa
from psycopg import sql

_ROWS_PER_PIECE = 100_000


def copy_frame(cursor: psycopg.Cursor, table: sa.Table, frame: pl.DataFrame) -> int:
    """COPY the frame's columns into the table's columns of the same names; returns the number of rows.

    Null becomes NULL and an empty text stays an empty text: the CSV quotes every non-null text.
    """
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in frame.columns)
    target = sql.Identifier(table.schema or "public", table.name)
    statement = sql.SQL("copy {} ({}) from stdin (format csv, null '')").format(target, columns)
    with cursor.copy(statement) as copy:
        for piece in frame.iter_slices(_ROWS_PER_PIECE):
            buffer = io.BytesIO()
            piece.write_csv(
                buffer,
                include_header=False,
                null_value="",
                quote_style="non_numeric" if _has_empty_text(piece) else "necessary",
            )
            copy.write(buffer.getbuffer())
    return frame.height


def _has_empty_text(frame: pl.DataFrame) -> bool:
    texts = [pl.col(name) == "" for name, kind in frame.schema.items() if kind == pl.String]
    return bool(texts) and bool(frame.select(pl.any_horizontal(texts).any()).item())
