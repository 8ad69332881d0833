"""The canonical template as CSV: a folder with `manifest.csv`, or a single file named by its file type."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.canonical_csv.parser import ENDINGS, base_name, read
from innenfra.formats.sheets import file_type_of

PRIORITY = 40


def claims(incoming: Incoming) -> list[str]:
    """Every CSV that no other format has taken, and every other text that is named as a sheet."""
    return [
        name
        for name in incoming.parts
        if name.lower().endswith((".csv", ".tsv"))
        or (name.lower().endswith(ENDINGS) and file_type_of(base_name(name)))
    ]


FORMAT = Format(
    "canonical_csv", Words(nb="Malen som CSV", nn="Malen som CSV", en="The template as CSV"), claims, read
)
