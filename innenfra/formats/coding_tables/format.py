"""Tables of coded segments and codebooks as NVivo, MAXQDA and ATLAS.ti export them, as workbook or CSV.

Only the codes, the places and the coders are read; what was said never is.
"""

from dataclasses import dataclass

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming, Raw
from innenfra.formats.codings import Material, beside, codebook, counted
from innenfra.formats.forms import headers_of, table_of_part
from innenfra.formats.sheets import plain

PRIORITY = 11


@dataclass(frozen=True)
class Kind:
    """A tool's table: the headers that it is known by, and which of them says what. Without `places` it is a
    codebook."""

    tool: str
    known_by: tuple[frozenset[str], ...]
    code: tuple[str, ...]
    places: tuple[str, ...] = ()
    coder: tuple[str, ...] = ()
    separator: str | None = None
    """What stands between several codes of one cell."""
    level: str = "\\"
    """What stands between a code and its parent."""


KINDS = (
    Kind(
        "MAXQDA",
        (frozenset({"document name", "code", "segment"}), frozenset({"dokumentnavn", "kode", "segment"})),
        ("code", "kode"),
        (
            "document group",
            "dokumentgruppe",
            "document name",
            "dokumentnavn",
            "beginning",
            "begynnelse",
            "start",
            "end",
            "slutt",
            "segment",
        ),
        ("created by", "opprettet av", "author", "forfatter"),
    ),
    Kind(
        "ATLAS.ti",
        (
            frozenset({"document", "codes", "quotation content"}),
            frozenset({"document", "codes", "quotation name"}),
        ),
        ("codes",),
        ("id", "document", "reference", "start position", "end position"),
        ("coded by", "created by"),
        separator="\n",
        level=":",
    ),
    Kind(
        "NVivo",
        (
            frozenset({"name", "files", "references"}),
            frozenset({"name", "description", "files", "references"}),
            frozenset({"navn", "filer", "referanser"}),
        ),
        ("name", "navn"),
    ),
    Kind(
        "ATLAS.ti",
        (frozenset({"code", "comment", "grounded"}), frozenset({"code", "grounded", "density"})),
        ("code",),
        level=":",
    ),
    Kind(
        "MAXQDA",
        (frozenset({"parent code", "code", "coded segments"}), frozenset({"code", "memo", "coded segments"})),
        ("code",),
    ),
)
"""The particular ones first: tables of segments, then codebooks."""


def kind_of(incoming: Incoming, name: str) -> Kind | None:
    """Whose table a part is."""
    headers = {plain(one) for one in headers_of(incoming, name)}
    return next((kind for kind in KINDS if any(known <= headers for known in kind.known_by)), None)


def claims(incoming: Incoming) -> list[str]:
    """Tables of segments and codebooks, with what lies beside them."""
    own = [name for name in incoming.parts if name not in beside(incoming) and kind_of(incoming, name)]
    return own + beside(incoming) if own else []


def read(incoming: Incoming) -> Raw:
    """Counts of segments by code, and the rows of codebooks."""
    tables, findings = [], []
    for name in sorted(incoming.parts):
        kind = kind_of(incoming, name) if name not in beside(incoming) else None
        table = table_of_part(incoming, name) if kind is not None else None
        if kind is None or table is None:
            continue
        columns = {plain(column): column for column in table.columns}
        code = next(columns[one] for one in kind.code if one in columns)
        if not kind.places:
            names = [_path(one, kind) for one in table[code].to_list() if one]
            made = codebook(incoming, kind.tool, name, names)
        else:
            places = [columns[one] for one in kind.places if one in columns]
            coder = next((columns[one] for one in kind.coder if one in columns), None)
            units: dict[tuple[str, ...], dict[str, set[str]]] = {}
            for row in table.rows(named=True):
                codes = {_path(one, kind) for one in _several(row[code] or "", kind) if one.strip()}
                place = tuple(row[one] or "" for one in places)
                by_coder = units.setdefault(place, {})
                by_coder.setdefault((row[coder] or "") if coder else "", set()).update(codes)
            made = counted(incoming, kind.tool, name, Material(units))
        tables += made.tables
        findings += made.findings
    return Raw(tables, findings)


def _several(cell: str, kind: Kind) -> list[str]:
    return cell.split(kind.separator) if kind.separator else [cell]


def _path(name: str, kind: Kind) -> str:
    return "/".join(part.strip() for part in name.split(kind.level))


FORMAT = Format(
    "coding_tables",
    Words(
        nb="Kodede segmenter (NVivo, MAXQDA, ATLAS.ti)",
        nn="Koda segment (NVivo, MAXQDA, ATLAS.ti)",
        en="Coded segments (NVivo, MAXQDA, ATLAS.ti)",
    ),
    claims,
    read,
)
