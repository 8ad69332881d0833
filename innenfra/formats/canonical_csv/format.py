"""The canonical template as CSV: a folder with `manifest.csv`, or a single file named by its file type."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.canonical_csv.parser import read

PRIORITY = 20


def recognises(incoming: Incoming) -> bool:
    """Any part ends with .csv, and none is a JSON codebook."""
    return any(name.lower().endswith(".csv") for name in incoming.parts)


FORMAT = Format(
    "canonical_csv", Words(nb="Malen som CSV", nn="Malen som CSV", en="The template as CSV"), recognises, read
)
