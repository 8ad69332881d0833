"""All delivery tables together.

Belongs here: the list of modules that declare them. Does not belong here: any table.
"""

from __future__ import annotations

import sqlalchemy as sa

from innenfra.contracts import (  # noqa: F401  (declares its tables on the metadata)
    agreements,
    arenas,
    codings,
    logs,
    loops,
    meetings,
    mirror,
    schools,
)
from innenfra.contracts.declare import delivered, metadata

TEMPLATE_VERSION = "1.1"
"""Version of the delivery template: another one where a sheet or column is no longer what it was."""
_FIRST = (
    "manifest",
    "school_year",
    "teams",
    "loops",
    "team_loops",
    "team_loop_phases",
    "meetings",
    "meeting_activities",
    "log_rounds",
    "log_counts",
    "decisions",
)
_SENDERS = ("school", "partnership", "university")
"""File types that come first where people meet them, and who sends the rest, in order."""
SCHEMA_VERSION_CELL = "schema_version"
"""What stands before the version in the template's hidden sheet."""


def delivery_tables() -> dict[str, sa.Table]:
    """All delivery tables by file type, in the order they were declared."""
    return {delivered(t).file_type: t for t in metadata.tables.values() if "delivery" in t.info}


def tables_in_order() -> dict[str, sa.Table]:
    """The tables as people meet them: the delivery sheet, a school's year and loops, and then the rest by who
    sends it."""
    tables = delivery_tables()
    rest = sorted(
        (t for t in tables if t not in _FIRST), key=lambda t: _SENDERS.index(delivered(tables[t]).sender)
    )
    return {file_type: tables[file_type] for file_type in (*_FIRST, *rest)}
