"""One delivery prepared, whatever is wrong with it: what the worker does.

Belongs here: reading the copy that was taken, and whatever that stumbles over as one finding.
Does not belong here: the process and its limits (`apart.py`, `worker.py`), what preparing means
(`prepare.py`).
"""

from __future__ import annotations

import traceback
import uuid

import polars as pl

from innenfra.findings import Finding
from innenfra.formats import Incoming
from innenfra.formats.sheets import about
from innenfra.ingest import guard
from innenfra.ingest.copying import ROWS, Taken
from innenfra.ingest.names import unnamed_findings
from innenfra.ingest.prepare import Prepared, prepare
from innenfra.masking import told


def prepare_taken(
    delivery: Taken, school_id: str | None, registered: frozenset[str] | None, max_bytes: int
) -> tuple[Prepared, str | None]:
    """Prepare, and hand the landed rows over as files: a large frame is cheaper mapped than sent. Second,
    what the log is to say."""
    files = list(delivery.named)
    too_large = next((name for name, part in delivery.named.items() if part.stat().st_size > max_bytes), None)
    if too_large is not None:
        found = guard.unsafe(delivery.name, told(too_large, delivery.names), guard.TOO_LARGE)
        return (
            Prepared(delivery.name, findings=unnamed_findings([found], delivery.names, files), rejected=True),
            None,
        )
    incoming = Incoming(
        delivery.name,
        {name: part.read_bytes() for name, part in delivery.named.items()},
        delivery.sha256,
        delivery.names,
    )
    made, trouble = prepare_or_refuse(incoming, school_id, registered, max_bytes)
    made.findings = unnamed_findings(made.findings, delivery.names, files)
    del incoming
    for file_type, frame in made.landed.items():
        frame.write_ipc(delivery.folder / ROWS / f"{file_type}.arrow", compat_level=pl.CompatLevel.newest())
    made.landed = {}
    return made, trouble


def prepare_or_refuse(
    incoming: Incoming, school_id: str | None, registered: frozenset[str] | None, max_bytes: int
) -> tuple[Prepared, str | None]:
    """`prepare`, and whatever it stumbles over as one finding; second, what the log is to say of it."""
    try:
        return prepare(incoming, school_id, registered, max_bytes), None
    except (KeyboardInterrupt, SystemExit):
        raise
    except (
        BaseException
    ) as error:  # a reader meets whatever people send, and a panic of its library is no Exception
        finding, trouble = mishap(incoming.name, error)
        return Prepared(incoming.name, findings=[finding], rejected=True), trouble


def mishap(name: str, error: BaseException, seconds: int = 0) -> tuple[Finding, str]:
    """The finding with a code, and what the log says under the same code: an error's own message may hold
    people's words, so its kind and place alone."""
    code = uuid.uuid4().hex[:8]
    rule = "slow_file" if isinstance(error, TimeoutError) and seconds else "unreadable_file"
    trouble = f"{code} {type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
    return about(rule, name, found=code, expected=str(seconds)), trouble
