"""Answers as Microsoft Forms exports them: a workbook with one sheet, a row for each answer, and the question
texts as headers. Several choices stand in one cell with a semicolon after each."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming, Raw
from innenfra.formats.forms import Report, headers_of, is_map, is_rounds, read_with_map, table_of_part
from innenfra.formats.sheets import plain
from innenfra.formats.workbook import is_workbook

PRIORITY = 6
OWN = (
    "id",
    "starttidspunkt",
    "fullføringstidspunkt",
    "e-postadresse",
    "e-post",
    "navn",
    "namn",
    "språk",
    "tidspunkt for siste endring",
    "sist endret",
    "totalt antall poeng",
    "tilbakemelding på test",
    "start time",
    "completion time",
    "email",
    "name",
    "language",
    "last modified time",
    "total points",
    "quiz feedback",
)
"""Columns that the tool writes of itself; none of them is read."""
_FIRST = ({"id", "starttidspunkt", "fullføringstidspunkt"}, {"id", "start time", "completion time"})


def is_export(incoming: Incoming, name: str) -> bool:
    """Whether a workbook begins with the tool's own columns."""
    first = headers_of(incoming, name) if is_workbook(name) else []
    headers = {plain(header) for header in first[:8]}
    return any(own <= headers for own in _FIRST)


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
    return read_with_map(incoming, "Microsoft Forms", reports, OWN)


FORMAT = Format(
    "microsoft_forms",
    Words(nb="Microsoft Forms-eksport", nn="Microsoft Forms-eksport", en="Microsoft Forms export"),
    claims,
    read,
)
