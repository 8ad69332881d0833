"""Two releases side by side: which cells are new, changed or gone, and what each says of why.

Belongs here: reading that from the history of releases. Does not belong here: writing it (`release.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.database.statements import read_sql
from innenfra.errors import UserError

DIFFERENCES = read_sql(__file__, "sql/differences")
"""Which numbers the release `other` tells otherwise than the release `one`."""

_TOLD = (
    "status",
    "status_reason",
    "bound",
    "numerator",
    "numerator_high",
    "denominator",
    "value",
    "value_high",
)


@dataclass(frozen=True)
class Difference:
    """One cell that differs. `what` is new, changed, withdrawn or gone; `seen_by` is school for the school's
    own view, others for what
    others see; `before` and `after` are what it told, and why not where it did not."""

    what: str
    seen_by: str
    unit_level: str
    unit_id: str
    indicator_id: str
    period_type: str
    period: str
    slice: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def differences_between(url: str, one: int, other: int) -> list[Difference]:
    """What the release `other` tells otherwise than the release `one`."""
    with connect(url) as connection:
        known = {
            row[0]
            for row in connection.execute(
                "select release_id from published.release where state = 'published' and release_id = any(%s)",
                ([one, other],),
            ).fetchall()
        }
        missing = sorted({one, other} - known)
        if missing:
            named = ", ".join(map(str, missing))
            raise UserError(
                Words(
                    nb=f"Utgivelse {named} finnes ikke, eller ble ikke utgitt.",
                    nn=f"Utgjeving {named} finst ikkje, eller vart ikkje utgjeven.",
                    en=f"Release {named} does not exist, or was not published.",
                ),
                4,
            )
        rows = connection.execute(DIFFERENCES, {"one": one, "other": other}).fetchall()
    return [Difference(*(*row[:8], _pick_what_it_tells(row[8]), _pick_what_it_tells(row[9]))) for row in rows]


def _pick_what_it_tells(cell: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if cell is None else {name: cell[name] for name in _TOLD if cell.get(name) is not None}
