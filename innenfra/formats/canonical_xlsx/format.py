"""The canonical template as a workbook."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.canonical_xlsx.parser import read


def recognises(incoming: Incoming) -> bool:
    """One part, a zip container, named .xlsx."""
    return len(incoming.parts) == 1 and all(
        n.lower().endswith(".xlsx") and d[:2] == b"PK" for n, d in incoming.parts.items()
    )


FORMAT = Format(
    "canonical_xlsx",
    Words(nb="Leveransemalen", nn="Leveransemalen", en="The delivery template"),
    recognises,
    read,
)
