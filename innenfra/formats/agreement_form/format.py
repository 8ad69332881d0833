"""An agreement as a form that people and programs write (YAML), with the signed copy beside it: the copy is
not
read, it is kept with the delivery and told by its hash."""

from __future__ import annotations

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.agreement_form.parser import ENDINGS, name_signed, read

PRIORITY = 5


def claims(incoming: Incoming) -> list[str]:
    """Forms, and the signed copies that they name."""
    forms = [name for name in incoming.parts if name.lower().endswith(ENDINGS)]
    signed = {copy for name in forms for copy in name_signed(incoming.parts[name])}
    return forms + [name for name in incoming.parts if name in signed]


FORMAT = Format(
    "agreement_form",
    Words(nb="Avtale som skjema (YAML)", nn="Avtale som skjema (YAML)", en="Agreement as a form (YAML)"),
    claims,
    read,
)
