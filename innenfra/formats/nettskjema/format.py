"""An export from Nettskjema: a report as CSV or workbook, or the answers as NDJSON, with the form's
`elements` (JSON), and `log_rounds.csv` for the context."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.forms import is_rounds
from innenfra.formats.nettskjema.parser import is_elements, is_report, read

PRIORITY = 5


def claims(incoming: Incoming) -> list[str]:
    """Reports, also where the elements that they need are not beside them; with a report its elements and
    rounds."""
    reports = [name for name in incoming.parts if is_report(incoming, name)]
    beside = [name for name, data in incoming.parts.items() if is_elements(name, data) or is_rounds(name)]
    return reports + beside if reports else []


FORMAT = Format(
    "nettskjema",
    Words(nb="Nettskjema-eksport", nn="Nettskjema-eksport", en="Nettskjema export"),
    claims,
    read,
)
