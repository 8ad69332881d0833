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


def delivery_tables() -> dict[str, sa.Table]:
    """All delivery tables by file type, in the order they were declared."""
    return {delivered(t).file_type: t for t in metadata.tables.values() if "delivery" in t.info}
