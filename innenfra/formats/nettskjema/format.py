"""An export from Nettskjema: the CSV report, the form's `elements` JSON, and `log_rounds.csv` for the
context."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.nettskjema.parser import read, report_of

PRIORITY = 5


def recognises(incoming: Incoming) -> bool:
    """A report that starts with `$submission_id`, also where the elements that it needs are not beside it."""
    return report_of(incoming) is not None


FORMAT = Format(
    "nettskjema",
    Words(nb="Nettskjema-eksport", nn="Nettskjema-eksport", en="Nettskjema export"),
    recognises,
    read,
)
