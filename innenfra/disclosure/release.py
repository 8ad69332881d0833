"""What a release has shown: written down before it is shown, and held against what the next would show.

Belongs here: the memory of atoms, pools and past values, and the difference of two releases.
Does not belong here: deciding what changes (`dbt_project/models/gate/gate_atom.sql`), the attack.
"""

from __future__ import annotations

from typing import Any

import psycopg

from innenfra.database.statements import read_sql
from innenfra.disclosure.withdrawal import take_out_of_the_past

_ATOM = (
    "unit_level, unit_id, partnership_id, indicator_id, definition_version, period_type, period, question,"
    " family"
)
_QUESTION = (
    "school_id, partnership_id, indicator_id, definition_version, period_type, period, question, family"
)

DIFFERENCES = {
    "differs_by_too_few": read_sql(__file__, "sql/differs_by_too_few", atom_key=_ATOM),
    "left_its_pool": (
        f"""
        select school_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
        from gate.pooled_before as before
        inner join gate.membership as member using ({_QUESTION})
        where member.atom_id is distinct from before.pool_id
    """
    ),
    "pooled_after_being_shown": read_sql(__file__, "sql/pooled_after_being_shown"),
}
"""What must find nothing between the release before and this one, by name. Each selects the cells that it
finds."""

_SHOWN = "disclosure, school_year, n, schools_n, x, base, bound, is_rest, shown_x, safe_x, release_id"
_WHEN = "lineage, from_day, to_day"
_RENAME = (
    # what goes by other codes now is remembered by them, so that it is found again by those that come next
    (
        f"create temporary table renamed_atom on commit drop as select {_ATOM}, answer, {_SHOWN}, {_WHEN}"
        " from gate.shown_before where is_renamed"
    ),
    (
        f"create temporary table renamed_member on commit drop as select {_QUESTION}, school_year, pool_id,"
        f" release_id, {_WHEN} from gate.pooled_before where is_renamed"
    ),
    read_sql(__file__, "sql/rename_looks"),
    read_sql(__file__, "sql/forget_renamed_atoms"),
    read_sql(__file__, "sql/forget_renamed_pools"),
    (
        "delete from published.pool_member as before using gate.renamed where"
        f" ({', '.join('before.' + c for c in _QUESTION.split(', '))}) ="
        f" ({', '.join('renamed.' + c for c in _QUESTION.split(', '))})"
    ),
    (
        "delete from published.released_atom using renamed_atom where"
        f" ({', '.join('released_atom.' + c for c in _ATOM.split(', '))}, released_atom.answer) ="
        f" ({', '.join('renamed_atom.' + c for c in _ATOM.split(', '))}, renamed_atom.answer)"
    ),
    (
        "delete from published.pool_member using renamed_member where"
        f" ({', '.join('pool_member.' + c for c in _QUESTION.split(', '))}) ="
        f" ({', '.join('renamed_member.' + c for c in _QUESTION.split(', '))})"
    ),
    f"insert into published.released_atom ({_ATOM}, answer, {_SHOWN}, {_WHEN}) select * from renamed_atom",
    (
        f"insert into published.pool_member ({_QUESTION}, school_year, pool_id, release_id, {_WHEN}) select *"
        " from renamed_member"
    ),
)
_REMEMBER_LOOKS = read_sql(__file__, "sql/remember_looks", atom_key=_ATOM)
_REMEMBER_ATOMS = read_sql(__file__, "sql/remember_atoms")
_REMEMBER_POOLS = read_sql(__file__, "sql/remember_pools", question_key=_QUESTION, asked_when=_WHEN)


def differences(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Cells by which the release in the making would tell of too few people beside the one before."""
    return {
        name: [row[0] for row in connection.execute(query).fetchall()] for name, query in DIFFERENCES.items()
    }


def remember(connection: psycopg.Connection[Any]) -> None:
    """Write down what the release in the making will show of people's answers. Before it is shown: a crash in
    between can then only show less."""
    _remember_atoms(connection, to_others=True, but=[])
    connection.execute(_REMEMBER_POOLS)


def remember_early(connection: psycopg.Connection[Any], but: list[str]) -> None:
    """Write down what schools are shown of their own ahead of a release, `but` those that are not."""
    _remember_atoms(connection, to_others=False, but=but)


def _remember_atoms(connection: psycopg.Connection[Any], *, to_others: bool, but: list[str]) -> None:
    for statement in _RENAME:
        connection.execute(statement)
    # what is no news beside the last look is told by it, so looks are written first
    for statement in (_REMEMBER_LOOKS, _REMEMBER_ATOMS):
        connection.execute(statement, {"to_others": to_others, "but": but})


def keep_past(connection: psycopg.Connection[Any], release_id: int) -> None:
    """Add what is new in this release to the history that engineers read; what was withdrawn loses its
    numbers there."""
    for seen_by, relation in (("others", "indicator_value"), ("school", "school_indicator_value")):
        keep = read_sql(__file__, "sql/keep_past", relation=relation)
        connection.execute(keep, {"release": release_id, "seen_by": seen_by})
        take_out_of_the_past(connection, seen_by, relation)
