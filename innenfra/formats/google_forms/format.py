"""Answers as Google Forms exports them: CSV, often in a zip, with the time first and the question texts as
headers. Several choices stand in one cell with a comma between; rows of a grid are `Question [Row]`."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming, Raw
from innenfra.formats.forms import Report, headers_of, is_map, is_rounds, read_with_map, table_of_part
from innenfra.formats.sheets import plain

PRIORITY = 6
TIME = ("tidsstempel", "tidsmerke", "timestamp")
OWN = (*TIME, "e-postadresse", "email address", "username", "brukernavn", "score", "poengsum")
"""Columns that the tool writes of itself; none of them is read."""


def is_export(incoming: Incoming, name: str) -> bool:
    """Whether a CSV begins with the tool's time column."""
    headers = headers_of(incoming, name) if name.lower().endswith(".csv") else []
    return len(headers) > 1 and plain(headers[0]) in TIME


def claims(incoming: Incoming) -> list[str]:
    """Exports, with the rounds and the map beside them."""
    exports = [name for name in incoming.parts if is_export(incoming, name)]
    return exports + [name for name in incoming.parts if is_map(name) or is_rounds(name)] if exports else []


def read(incoming: Incoming) -> Raw:
    """Counts by the map beside the exports."""
    reports = []
    for name in sorted(incoming.parts):
        table = table_of_part(incoming, name) if is_export(incoming, name) else None
        if table is not None:
            reports.append(Report(name, table.select(c for c in table.columns if plain(c) not in OWN)))
    return read_with_map(incoming, "Google Forms", reports, OWN, separators=",")


FORMAT = Format(
    "google_forms",
    Words(nb="Google Forms-eksport", nn="Google Forms-eksport", en="Google Forms export"),
    claims,
    read,
)
