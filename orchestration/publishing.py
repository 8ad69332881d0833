"""Publishing: one run of the release job, and what it made or which cells stood in its way.

Belongs here: starting that run and reading how it went. Does not belong here: the audit that can refuse it
(`release.py`), the job (`definitions.py`).
"""

import uuid
from dataclasses import dataclass, field

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.settings import Settings
from orchestration.run import execute, say
from orchestration.switch import NOTE, give_up
from orchestration.turn import turn


@dataclass(frozen=True)
class Release:
    """What publishing made. `refused` names the cells that stopped it, by audit; `unchanged` says that none
    was made and the one before stands."""

    release_id: int
    cells_shown: int = 0
    cells_pooled: int = 0
    cells_withheld: int = 0
    audit: dict[str, int] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    unchanged: bool = False


def publish(settings: Settings, url: str, note: str | None = None) -> Release:
    """Make a release, or refuse it and say which cells stand in the way. Waits for a run that is going on."""
    with turn(url, say):
        with connect(url) as connection:
            there = connection.execute("select to_regclass('gate.indicator_value') is not null").fetchone()
        if not (there and there[0]):
            raise UserError(
                Words(
                    nb="Det er ikke noe å utgi ennå. Kjør «innenfra run» først.",
                    nn="Det er ikkje noko å gje ut enno. Køyr «innenfra run» først.",
                    en="There is nothing to release yet. Run “innenfra run” first.",
                )
            )
        run_id = str(uuid.uuid4())
        outcome = execute(settings, url, "release", {NOTE: note} if note else {}, run_id=run_id)
        give_up(url, run_id)
        with connect(url) as connection:
            row = connection.execute(_MADE, (run_id,)).fetchone()
            before = connection.execute(
                "select max(release_id) from published.release where state = 'published'"
            ).fetchone()
    if outcome.succeeded:
        return Release(*row) if row else Release(int(before[0]) if before else 0, unchanged=True)
    cells = {
        name.removesuffix("_cells"): value
        for name, value in outcome.found.get("release_audit", {}).items()
        if name.endswith("_cells")
    }
    return Release(
        row[0] if row else 0, audit=row[4] if row else {}, refused=cells or {"build": list(outcome.failed)}
    )


_MADE = """
    select release_id, coalesce(cells_shown, 0), coalesce(cells_pooled, 0), coalesce(cells_withheld, 0),
        coalesce(audit, '{}')
    from published.release where run_id = %s order by release_id desc limit 1
"""
