"""Highlights and codebooks as Taguette exports them, as CSV or workbook.

A dot in a tag is a level of the tree. Each highlight stands once for each of its tags; an export of one
branch
repeats them, and cannot be counted. Highlights without a tag are told.
"""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming, Raw
from innenfra.formats.codings import Material, beside, codebook, counted
from innenfra.formats.forms import headers_of, table_of_part
from innenfra.formats.sheets import about, plain
from innenfra.masking import told

HIGHLIGHTS = ("id", "document", "tag", "content")
CODES = ("tag", "description", "number of highlights")


def _is(incoming: Incoming, name: str, columns: tuple[str, ...]) -> bool:
    return tuple(plain(one) for one in headers_of(incoming, name)[: len(columns)]) == columns


def claims(incoming: Incoming) -> list[str]:
    """Highlights and codebooks, with what lies beside them."""
    own = [name for name in incoming.parts if _is(incoming, name, HIGHLIGHTS) or _is(incoming, name, CODES)]
    return own + beside(incoming) if own else []


def read(incoming: Incoming) -> Raw:
    """Counts of highlights by tag, and the rows of the codebook."""
    tables, findings = [], []
    for name in sorted(incoming.parts):
        table = table_of_part(incoming, name) if name not in beside(incoming) else None
        if table is None:
            continue
        if _is(incoming, name, CODES):
            tags = [tag.replace(".", "/") for tag in table[table.columns[0]].to_list() if tag]
            made = codebook(incoming, "Taguette", name, tags)
        else:
            made = _highlights(incoming, name, table.select(table.columns[:3]).rows())
        tables += made.tables
        findings += made.findings
    return Raw(tables, findings)


def _highlights(incoming: Incoming, name: str, rows: list[tuple[str | None, ...]]) -> Raw:
    called = told(name, incoming.names)
    if len(set(rows)) < len(rows):
        return Raw([], [about("doubled_units", incoming.name, sheet=called)])
    units: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for number, document, tag in rows:
        codes = units.setdefault((document or "", number or ""), {}).setdefault("", set())
        codes |= {tag.replace(".", "/")} if tag else set()
    untagged = sum(not codes[""] for codes in units.values())
    notes = []
    if untagged:
        found = str(untagged)
        notes.append(about("untagged_units", incoming.name, severity="warning", sheet=called, found=found))
    return counted(incoming, "Taguette", name, Material(units, notes=notes))


FORMAT = Format("taguette", Words(nb="Taguette", nn="Taguette", en="Taguette"), claims, read)
