"""From the form to the sheets of an agreement: what stands at the top is the version, each list below it is a
sheet of its own. Row numbers are lines of the form.

Names of fields are those of the template, technical or as labels. All that is written is text: nothing is
taken for a date, a number or a truth before the rules of ingest look at it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import polars as pl
import yaml

from innenfra.contracts.declare import label
from innenfra.contracts.deliveries import delivery_tables
from innenfra.findings import Finding
from innenfra.formats import Incoming, Raw, RawTable
from innenfra.formats.sheets import LANGUAGES, about, column_names, file_type_of, plain, shaped
from innenfra.formats.text import decode
from innenfra.masking import told

ENDINGS = (".yaml", ".yml")
VERSION = "agreement_versions"
SHEETS = {
    "plan_years": "agreement_plan_years",
    "planår": "agreement_plan_years",
    "commitments": "agreement_commitments",
    "forpliktelser": "agreement_commitments",
    "forpliktingar": "agreement_commitments",
    "arenas": "agreement_arenas",
    "arenaer": "agreement_arenas",
    "arenaar": "agreement_arenas",
    "reviews": "commitment_reviews",
    "vurderinger": "commitment_reviews",
    "vurderingar": "commitment_reviews",
}
"""What the lists of a form may be called, beside the names of the sheets."""
SIGNED = ("signed", "signert", "signed copy", "signert avtale")
CARRIED = ("agreement_id", "version_no")
"""What each list takes from the top."""
BROKEN = (yaml.YAMLError, RecursionError, ValueError)
"""What a text that is no form raises."""
_NUMBERED = {"agreement_commitments": "commitment_no"}
_DEEPEST = 4

Row = tuple[int, dict[str, str]]


def name_signed(data: bytes) -> list[str]:
    """The signed copies that a form names."""
    try:
        top = _top_of(data)
    except BROKEN:
        return []
    return [_said(value) for key, value in _fields(top) if plain(key.value) in SIGNED]


def read(incoming: Incoming) -> Raw:
    """The sheets of every form, and a word on each signed copy."""
    tables: list[RawTable] = []
    findings: list[Finding] = []
    for name, data in sorted(incoming.parts.items()):
        if name.lower().endswith(ENDINGS):
            made, found = _read_form(incoming, name, data)
            tables += made
            findings += found
    return Raw(tables, findings)


def _read_form(incoming: Incoming, name: str, data: bytes) -> tuple[list[RawTable], list[Finding]]:
    called = told(name, incoming.names)
    try:
        top = _top_of(data)
    except BROKEN as error:
        mark = getattr(error, "problem_mark", None)
        line = str(mark.line + 1) if mark is not None else "1"
        return [], [about("broken_form", incoming.name, sheet=called, found=line)]
    if top is None:
        return [], [about("broken_form", incoming.name, sheet=called, found="1")]
    findings: list[Finding] = []
    version: dict[str, str] = {}
    lists: dict[str, list[Row]] = {}
    for key, value in _fields(top):
        file_type = SHEETS.get(plain(key.value)) or file_type_of(key.value)
        if plain(key.value) in SIGNED:
            findings.append(_tell_signed(incoming, called, _said(value)))
        elif file_type is not None and isinstance(value, yaml.SequenceNode):
            lists[file_type] = list(_rows(value))
        else:
            version[key.value] = _said(value)
    carried = {known: said for known in CARRIED if (said := _find(version, known)) is not None}
    sheets = {VERSION: [(top.start_mark.line + 1, version)]}
    for file_type, rows in lists.items():
        numbered = _NUMBERED.get(file_type)
        sheets[file_type] = [
            (line, carried | ({numbered: str(number)} if numbered else {}) | row)
            for number, (line, row) in enumerate(rows, start=1)
        ]
    tables = []
    for file_type, rows in sheets.items():
        table, found = _shape(incoming, called, file_type, rows)
        tables.append(table)
        findings += found
    return tables, findings


def _top_of(data: bytes) -> yaml.MappingNode | None:
    """The form as nodes: no value of it is taken for anything but text."""
    node = yaml.compose(decode(data).data.decode("utf-8", "replace"), Loader=yaml.SafeLoader)
    return node if isinstance(node, yaml.MappingNode) else None


def _fields(top: yaml.MappingNode | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    for key, value in top.value if top is not None else ():
        if isinstance(key, yaml.ScalarNode):
            yield key, value


def _rows(node: yaml.SequenceNode) -> Iterator[Row]:
    """A row for each item: a mapping as it is, a word as an arena."""
    for item in node.value:
        line = item.start_mark.line + 1
        if isinstance(item, yaml.MappingNode):
            yield line, {key.value: _said(value) for key, value in _fields(item)}
        else:
            yield line, {"arena": _said(item)}


def _said(node: yaml.Node, depth: int = 0) -> str:
    """What is written, lists with a space between."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and depth < _DEEPEST:
        return " ".join(_said(one, depth + 1) for one in node.value)
    return ""


def _find(version: dict[str, str], column: str) -> str | None:
    words = label(delivery_tables()[VERSION].c[column])
    known = {plain(column), *(plain(words[language]) for language in LANGUAGES)}
    return next((said for key, said in version.items() if plain(key) in known), None)


def _shape(
    incoming: Incoming, called: str, file_type: str, rows: list[Row]
) -> tuple[RawTable, list[Finding]]:
    known = column_names(delivery_tables()[file_type])
    rows = [(line, _by_column(row, known)) for line, row in rows]
    headers = list(dict.fromkeys(key for _, row in rows for key in row))
    columns: dict[str, pl.Series] = {
        f"c{place}": pl.Series([row.get(header) or None for _, row in rows], dtype=pl.String)
        for place, header in enumerate(headers)
    }
    columns["row_number"] = pl.Series([line for line, _ in rows], dtype=pl.Int32)
    return shaped(incoming.name, file_type, called, headers, pl.DataFrame(columns), incoming.names)


def _by_column(row: dict[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The fields by their columns' names; a field that is there twice stays what it is called."""
    named: dict[str, str] = {}
    for key, said in row.items():
        column = known.get(plain(key), key)
        named[key if column in named else column] = said
    return named


def _tell_signed(incoming: Incoming, called: str, copy: str) -> Finding:
    """A word on the signed copy: it is kept, and this is its hash; or that it is not there."""
    said = told(copy, incoming.names)
    if copy not in incoming.parts:
        return about("no_signed_copy", incoming.name, severity="warning", sheet=called, found=said)
    digest = hashlib.sha256(incoming.parts[copy]).hexdigest()
    return about(
        "signed_copy", incoming.name, severity="warning", sheet=said, found=digest, file_type=VERSION
    )
