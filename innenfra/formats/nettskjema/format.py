"""An export from Nettskjema: the CSV report, the form's `elements` JSON, and `log_rounds.csv` for the context."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.nettskjema.parser import elements_of, read, report_of

PRIORITY = 5


def recognises(incoming: Incoming) -> bool:
    """A report that starts with `$submission_id` beside an elements file."""
    return elements_of(incoming) is not None and report_of(incoming) is not None


FORMAT = Format("nettskjema", Words(nb="Nettskjema-eksport", nn="Nettskjema-eksport", en="Nettskjema export"), recognises, read)
