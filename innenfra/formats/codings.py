"""From coded material to counts per code: what all tools for qualitative analysis share.

Belongs here: units and their codes by coder, what the material is of (`coding.csv`), codes by the names that
a
tool has for them (`code_map.csv`), counting, and how far two coders agree. Text, documents and coders' names
never leave this module.
Does not belong here: how a tool writes its export (`innenfra/formats/<tool>`).

`coding.csv` has one row: school_id, partnership_id, school_year, loop_no, arena, codebook_id,
codebook_version_id, coded_by_party, n_teams, minutes. `code_map.csv` has one row for each code: name, code,
category, level, canonical_code; a name that is itself a code needs no row for counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from innenfra.contracts.declare import delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.findings import Finding
from innenfra.formats import Incoming, Raw, RawTable
from innenfra.formats.canonical_csv.parser import ENDINGS, base_name
from innenfra.formats.forms import table_of_part
from innenfra.formats.sheets import about, plain
from innenfra.masking import told

CONTEXT_NAMES = ("coding", "koding")
MAP_NAMES = ("code_map", "kodekart")
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")
_MOST_NAMED = 15


@dataclass(frozen=True)
class Material:
    """Coded units: for each unit the codes that each coder gave it. A unit is a place in a document."""

    units: dict[tuple[str, ...], dict[str, set[str]]]
    names: tuple[str, ...] = ()
    """All codes of the material by name, also those that were not used."""
    notes: list[Finding] = field(default_factory=list)


def is_context(name: str) -> bool:
    """Whether a part says what coded material is of."""
    return name.lower().endswith(ENDINGS) and plain(base_name(name)) in CONTEXT_NAMES


def is_code_map(name: str) -> bool:
    """Whether a part gives codes for a tool's names."""
    return name.lower().endswith(ENDINGS) and plain(base_name(name)) in MAP_NAMES


def beside(incoming: Incoming) -> list[str]:
    """The parts that belong to coded material and are none themselves."""
    return [name for name in incoming.parts if is_context(name) or is_code_map(name)]


def _rows(incoming: Incoming, is_one: str) -> list[dict[str, str]]:
    of_kind = is_context if is_one == "context" else is_code_map
    part = next((name for name in incoming.parts if of_kind(name)), None)
    table = table_of_part(incoming, part) if part is not None else None
    if table is None:
        return []
    return [
        {plain(name): (value or "").strip() for name, value in row.items()} for row in table.rows(named=True)
    ]


def _mapped(incoming: Incoming) -> dict[str, dict[str, str]]:
    return {plain(row.get("name", "")): row for row in _rows(incoming, "map") if row.get("name")}


def _code_of(name: str, mapped: dict[str, dict[str, str]]) -> str | None:
    """The code of a name: as the map says for its whole path or its last part, or the name where it is a code
    itself."""
    leaf = name.rsplit("/", 1)[-1]
    for said in (name, leaf):
        code = mapped.get(plain(said), {}).get("code")
        if code:
            return code
    return leaf if _CODE.match(leaf) else None


def _missing(incoming: Incoming, tool: str, part: str, names: Iterable[str]) -> Finding:
    called = ", ".join(f"«{told(one, incoming.names)}»" for one in sorted(set(names))[:_MOST_NAMED]) or "–"
    return about("needs_coding", incoming.name, sheet=told(part, incoming.names), found=tool, expected=called)


def counted(incoming: Incoming, tool: str, part: str, material: Material) -> Raw:
    """Counts of coded units by code for what `coding.csv` says that the material is of."""
    context, mapped = _rows(incoming, "context"), _mapped(incoming)
    used = {code for coders in material.units.values() for codes in coders.values() for code in codes}
    codes = {name: _code_of(name, mapped) for name in used}
    if len(context) != 1 or any(code is None for code in codes.values()):
        lacking = [name for name, code in codes.items() if code is None] or used
        return Raw([], [*material.notes, _missing(incoming, tool, part, lacking)])
    units = {
        place: {coder: {str(codes[name]) for name in names} for coder, names in coders.items() if names}
        for place, coders in material.units.items()
    }
    units = {place: coders for place, coders in units.items() if coders}
    if not units:
        return Raw(
            [], [*material.notes, about("nothing_coded", incoming.name, sheet=told(part, incoming.names))]
        )
    doubly = [coders for coders in units.values() if len(coders) > 1]
    rows = []
    for number, code in enumerate(sorted({str(c) for c in codes.values()}), start=2):
        agreement = _agreement(doubly, code)
        rows.append(
            {
                **context[0],
                "row_number": number,
                "code": code,
                "n_units_with_code": str(
                    sum(any(code in said for said in c.values()) for c in units.values())
                ),
                "n_units_base": str(len(units)),
                "double_coded_n": str(len(doubly)) if doubly else None,
                "agreement_measure": "krippendorff_alpha" if agreement is not None else None,
                "agreement_value": None if agreement is None else f"{agreement:.3f}",
            }
        )
    return Raw([_table("coded_counts", told(part, incoming.names), rows)], material.notes)


def _agreement(doubly: Sequence[dict[str, set[str]]], code: str) -> float | None:
    """Krippendorff's alpha of whether a unit has the code, over the units that at least two coded."""
    coders = sorted({coder for unit in doubly for coder in unit})
    if len(coders) < 2:
        return None
    from innenfra.statistics.agreement import alpha  # only few deliveries need it

    ratings = [
        [float(code in unit[coder]) if coder in unit else math.nan for unit in doubly] for coder in coders
    ]
    return alpha(ratings, "nominal")


def codebook(incoming: Incoming, tool: str, part: str, names: Sequence[str]) -> Raw:
    """The codebook of a tool as rows of the codebooks; categories and levels come from `code_map.csv`."""
    context, mapped = _rows(incoming, "context"), _mapped(incoming)
    rows, lacking = [], []
    for number, name in enumerate(dict.fromkeys(names), start=2):
        said = mapped.get(plain(name)) or mapped.get(plain(name.rsplit("/", 1)[-1])) or {}
        code = _code_of(name, mapped)
        if code is None or not said.get("category"):
            lacking.append(name)
            continue
        rows.append(
            {
                "row_number": number,
                "codebook_id": context[0].get("codebook_id") if context else None,
                "codebook_version_id": context[0].get("codebook_version_id") if context else None,
                "code": code,
                "category": said["category"],
                "level": said.get("level") or "subcategory",
                "canonical_code": said.get("canonical_code") or None,
                "label_nb": name.rsplit("/", 1)[-1],
            }
        )
    if len(context) != 1 or lacking or not rows:
        return Raw([], [_missing(incoming, tool, part, lacking or names)])
    return Raw([_table("codebooks", told(part, incoming.names), rows)])


def _table(file_type: str, sheet: str, rows: Sequence[Mapping[str, object]]) -> RawTable:
    columns = [c.name for c in delivered_columns(delivery_tables()[file_type])]
    frame = pl.DataFrame(
        [{"row_number": row["row_number"], **{c: row.get(c) or None for c in columns}} for row in rows],
        schema={"row_number": pl.Int32, **dict.fromkeys(columns, pl.String)},
    )
    return RawTable(file_type, sheet, frame)
