"""What an upload would become if it were sent in: the very check of ingest, in the process that reads files.

Belongs here: the check as a person is shown it: how many rows are in order, and each thing to mend.
Does not belong here: what is right or wrong (`innenfra/contracts`), storing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from innenfra.findings import Finding
from innenfra.formats.sheets import Names
from innenfra.ingest.receive import Receipt, check_paths
from innenfra.intake.uploads import Upload
from innenfra.settings import Settings

REFUSED = "rejected"


@dataclass(frozen=True)
class Checked:
    """An upload and what the check says of it."""

    upload: Upload
    receipt: Receipt

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it would be taken in."""
        return self.receipt.status == REFUSED

    @property
    def errors(self) -> list[Finding]:
        """What holds rows back or refuses the file."""
        return [f for f in self.receipt.findings if f.severity == "error"]

    @property
    def warnings(self) -> list[Finding]:
        """What is taken in and asked about."""
        return [f for f in self.receipt.findings if f.severity != "error"]

    @property
    def school_id(self) -> str | None:
        """The school that the delivery says it is for, or the one it was checked for."""
        return self.receipt.school_id


def check_uploads(
    uploads: Sequence[Upload],
    settings: Settings,
    school_id: str | None,
    registered: frozenset[str] | None,
    names: Names = (),
) -> list[Checked]:
    """Check each upload as ingest would. `school_id` is the school of files that do not say; `names` are the
    school's own list, taken out of everything that is told."""
    receipts = check_paths([u.path for u in uploads], settings, school_id, registered, names)
    return [Checked(upload, receipt) for upload, receipt in zip(uploads, receipts, strict=True)]
