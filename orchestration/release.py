"""The audit that blocks a release.

Belongs here: the conditions, and the audit as a check. Does not belong here: the gate's rules (dbt,
`models/gate`), the attack (`innenfra/disclosure`), making a release (`publishing.py`).
"""

from collections.abc import Sequence
from typing import Any

import dagster as dg
import psycopg

from innenfra.contracts.records import RECORDS
from innenfra.database.engine import connect
from innenfra.database.statements import read_sql
from innenfra.disclosure.audit import Audit
from innenfra.disclosure.audit import audit as attack
from innenfra.disclosure.insight import attack as attack_by_reader
from innenfra.disclosure.insight import find_invertible_rows
from innenfra.disclosure.readers import choose_open_totals
from innenfra.disclosure.release import differences
from innenfra.disclosure.shown import gather
from orchestration.switch import write_audit

CANDIDATE = tuple(
    dg.AssetKey(["gate", name])
    for name in (
        *RECORDS,
        "grant_year",
        "provider_share",
        "shown_value",
        "reference_value",
        "funnel_limit",
        "trend",
        "unit_part",
        "unit_value",
        "total_part",
    )
)
"""What is built at the start of a release, looked at, and only then published."""

CONDITIONS = (
    "fewer_answers_than_allowed",
    "number_without_status",
    "share_that_tells_of_all_or_none",
    "shown_though_withdrawn",
    "breakdown_with_a_small_part",
)
"""Conditions that must find no cell, by name. Each selects the cells that it finds, the school first."""

OF_WORDS = ("words_with_an_identifier",)
"""The same of what people wrote, which only a release shows."""

OWN = ("indicator_value",)
"""What a school is shown of its own, in the gate."""

ALL = ("indicator_value", "shown_value", "unit_value")
"""What a release shows to anybody."""


def find(
    connection: psycopg.Connection[Any], relations: Sequence[str], conditions: Sequence[str] = CONDITIONS
) -> dict[str, list[str]]:
    """Cells of these relations of the gate that meet a condition that none must, by condition."""
    found = {}
    for name in conditions:
        query = read_sql(__file__, f"conditions/{name}", relations=relations)
        found[name] = [row[0] for row in connection.execute(query).fetchall()]
    return found


def audit(url: str) -> Audit:
    """Everything that stands in the way of the release in the making: conditions, the attack, and the
    difference from the release before."""
    with connect(url) as connection:
        connection.read_only = True
        # tables made a moment ago are unknown to the planner; it then loops where it should hash
        connection.execute("set local enable_nestloop = off")
        found = find(connection, ALL, CONDITIONS + OF_WORDS)
        shown = gather(connection)
        found |= {"total_not_from_the_gate": shown.open_totals} | differences(connection)
        totals, opened = choose_open_totals(connection)
        policy = connection.execute(_POLICY).fetchone() or (3, 2, 1.0)
        rows = [row[0] for row in connection.execute(_TOLD_OF_PEOPLE).fetchall()]
    attacked = attack(shown.cells, shown.sums)
    by_reader = attack_by_reader(totals, opened, policy[0])
    found |= (
        attacked.found
        | by_reader.found
        | {"row_that_can_be_inverted": find_invertible_rows(rows, policy[1], policy[2])}
    )
    return Audit(
        found, attacked.figures | by_reader.figures | {"rows_inverted": len(rows), "tables": len(ATTACKED)}
    )


ATTACKED = ("indicator_value", "comparison", "trend")
"""Published tables that tell others than the school itself of numbers: values, pools and totals are attacked;
the others are counted from
what values tell."""

_POLICY = (
    "select k_units, edge, assumed_design_effect::float from marts.disclosure_policy order by policy_version"
    " desc limit 1"
)
_TOLD_OF_PEOPLE = """
    select to_jsonb(told) from gate.shown_value as told
    where gate_reason = 'respondents' and value is not null
    union all
    select to_jsonb(told) from gate.unit_value as told
    where gate_reason = 'respondents' and value is not null
"""
"""Rows that tell others than the school itself of people."""


def audit_check(url: str) -> dg.AssetChecksDefinition:
    """The audit as a blocking check on what a release is made from: nothing is published past a cell that it
    finds."""

    @dg.asset_check(
        asset=CANDIDATE[-1],
        additional_deps=CANDIDATE[:-1],
        name="release_audit",
        blocking=True,
        description="The attack on what would be published.",
    )
    def release_audit(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        made = audit(url)
        write_audit(url, context.run.run_id, made)
        figures = made.figures | {name: len(cells) for name, cells in made.found.items()}
        # numbers are told as numbers, and what stands in the way by name
        return dg.AssetCheckResult(
            passed=made.passed,
            metadata={**figures, **{f"{n}_cells": cells for n, cells in made.found.items() if cells}},
        )

    return release_audit
