"""Teams, loops and meetings that a file names and its own other sheets do not have.

Belongs here: what one file can tell of itself, told when it is checked. Each is a warning: what is named may
have come with an earlier delivery, and the night's checks hold it against all of them.
Does not belong here: rules that need other deliveries (`expectations/across.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from innenfra.contracts.deliveries import delivery_tables
from innenfra.findings import Finding, cell_message, counted_rows, place
from innenfra.formats import Raw, RawTable
from innenfra.formats.sheets import about
from innenfra.ingest.typed import read_cells


@dataclass(frozen=True)
class Reference:
    """Columns of one sheet that name a row of another one, by the same columns there or by `named`."""

    file_type: str
    columns: tuple[str, ...]
    other: str
    named: tuple[str, ...] = ()


REFERENCES = (
    Reference("team_loops", ("team_id",), "teams"),
    Reference("team_loop_phases", ("team_id",), "teams"),
    Reference("teams", ("related_team_id",), "teams", ("team_id",)),
    Reference("team_loops", ("loop_no",), "loops"),
    Reference("team_loop_phases", ("loop_no",), "loops"),
    Reference("log_rounds", ("loop_no",), "loops"),
    Reference("log_counts", ("loop_no",), "loops"),
    Reference("meeting_activities", ("meeting_id",), "meetings"),
    Reference("mirror_presentations", ("meeting_id",), "meetings"),
    Reference("mirror_presentations", ("mirror_id",), "mirror_items"),
    Reference("decisions", ("meeting_id",), "meetings"),
    Reference("agreement_plan_years", ("agreement_id", "version_no"), "agreement_versions"),
    Reference("agreement_commitments", ("agreement_id", "version_no"), "agreement_versions"),
    Reference("commitment_reviews", ("agreement_id", "version_no", "commitment_no"), "agreement_commitments"),
)


def not_in_own_sheets(file_name: str, raw: Raw, landed: dict[str, pl.DataFrame]) -> list[Finding]:
    """A warning for each value that another sheet of the same file should have and has not."""
    tables = {table.file_type: table for table in raw.tables}
    found = []
    for one in REFERENCES:
        if one.file_type not in landed or one.other not in landed:
            continue
        if landed[one.other].is_empty() or any(c not in landed[one.file_type].columns for c in one.columns):
            continue
        named = one.named or one.columns
        table, there = tables[one.file_type], _keys(_typed(tables[one.other], named), named)
        missing = (
            _keys(landed[one.file_type], one.columns, with_row=True)
            .filter(pl.col("key").is_not_null() & ~pl.col("key").is_in(there["key"].implode()))
            .group_by("key", maintain_order=True)
            .agg("row_number")
        )
        header = table.headers.get(one.columns[0], one.columns[0])
        for key, rows in missing.head(_MOST).rows():
            where = place(file_name, table.sheet, counted_rows(rows), header)
            said = about(
                "wrong_sheet", file_name, severity="warning", file_type=one.file_type, sheet=table.sheet,
                column=header, found=key, row_number=rows[0],
            )  # fmt: skip
            message = cell_message("not_in_own_sheet", where, key, tables[one.other].sheet)
            found.append(replace(said, rule="not_in_own_sheet", message=message, rows=tuple(rows)))
    return found


_MOST = 20


def _typed(table: RawTable, names: tuple[str, ...]) -> pl.DataFrame:
    """Columns of all rows of a sheet, also of those that are held: what stands on it is on it."""
    columns = delivery_tables()[table.file_type].c
    written = table.frame.select(pl.col(name).cast(pl.String) for name in names).unique()
    return read_cells(written, (columns[name] for name in names))


def _keys(frame: pl.DataFrame, columns: tuple[str, ...], with_row: bool = False) -> pl.DataFrame:
    key = pl.concat_str([pl.col(name).cast(pl.String) for name in columns], separator=" · ").alias("key")
    return frame.select(*(["row_number"] if with_row else []), key)
