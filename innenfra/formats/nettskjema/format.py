"""An export from Nettskjema: the CSV report, the form's `elements` JSON, and `log_rounds.csv` for the
context."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.nettskjema.parser import read, report_of

PRIORITY = 5


def claims(incoming: Incoming) -> list[str]:
    """A report that starts with `$submission_id`, also where the elements that it needs are not beside it."""
    return list(incoming.parts) if report_of(incoming) is not None else []


FORMAT = Format(
    "nettskjema",
    Words(nb="Nettskjema-eksport", nn="Nettskjema-eksport", en="Nettskjema export"),
    claims,
    read,
)
