"""The canonical template as a workbook: XLSX, and the same saved as XLS or ODS."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.canonical_xlsx.parser import read
from innenfra.formats.workbook import is_workbook

PRIORITY = 30


def claims(incoming: Incoming) -> list[str]:
    """Every workbook that no other format has taken."""
    return [name for name in incoming.parts if is_workbook(name)]


FORMAT = Format(
    "canonical_xlsx",
    Words(nb="Leveransemalen", nn="Leveransemalen", en="The delivery template"),
    claims,
    read,
)
