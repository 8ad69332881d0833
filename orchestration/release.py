"""Releases: the audit that blocks one, and publishing.

Belongs here: the audit as a check, and `publish`, which makes a numbered release of what passed the gate.
Does not belong here: the gate's rules (dbt, `models/gate`), the attack (`innenfra/disclosure`).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
import psycopg

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.disclosure.audit import Audit
from innenfra.disclosure.audit import audit as attack
from innenfra.disclosure.insight import attack as attack_by_reader
from innenfra.disclosure.insight import invertible
from innenfra.disclosure.readers import chosen
from innenfra.disclosure.release import differences
from innenfra.disclosure.shown import gather
from innenfra.errors import UserError
from innenfra.settings import Settings
from orchestration.switch import NOTE, give_up, write_audit
from orchestration.turn import turn

CANDIDATE = tuple(
    dg.AssetKey(["gate", name])
    for name in (
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

CONDITIONS = {
    "fewer_answers_than_allowed": (
        """
        select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
        from gate.indicator_value cross join (select k_school from marts.disclosure_policy order by policy_version desc limit 1) as policy
        where gate_reason = 'respondents' and status in ('observed', 'stated_zero', 'provisional') and (n_respondents is null or n_respondents < policy.k_school)
    """
    ),
    "number_without_status": (
        """
        select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
        from ({candidate}) as candidate
        where status not in ('observed', 'stated_zero', 'provisional') and (value is not null or numerator is not null)
    """
    ),
    # where people's answers pass the gate; wider periods are sums of what passed
    "share_that_tells_of_all_or_none": (
        """
        select value.unit_id || ' ' || value.indicator_id || ' ' || value.period_type || ' ' || value.period
        from gate.indicator_value as value
        inner join gate.atom as atom
            on value.unit_level = atom.unit_level and value.unit_id = atom.unit_id and value.partnership_id = atom.partnership_id and value.indicator_id = atom.indicator_id
            and value.definition_version = atom.definition_version and value.period_type = atom.period_type and value.period = atom.period and value.slice = atom.slice
        cross join (select edge from marts.disclosure_policy order by policy_version desc limit 1) as policy
        where value.gate_reason = 'respondents' and value.unit_level = 'school' and value.status in ('observed', 'stated_zero', 'provisional')
            and (value.numerator < policy.edge or value.numerator > value.denominator - policy.edge)
    """
    ),
    "shown_though_withdrawn": (
        """
        select distinct candidate.school_id || ' ' || candidate.indicator_id || ' ' || candidate.period_type || ' ' || candidate.period
        from ({candidate}) as candidate
        inner join published.withdrawal as withdrawal using (school_id, indicator_id, period_type, period)
        where withdrawal.lifted_at is null and candidate.status in ('observed', 'stated_zero', 'provisional')
    """
    ),
    "breakdown_with_a_small_part": (
        """
        select distinct member.school_id || ' ' || member.indicator_id || ' ' || member.period_type || ' ' || member.period
        from gate.membership as member
        inner join gate.cell as cell using (school_id, partnership_id, indicator_id, definition_version, period_type, period, whole_question, family)
        cross join (select k_school from marts.disclosure_policy order by policy_version desc limit 1) as policy
        where member.is_part and cell.is_part and cell.n between 1 and policy.k_school - 1
            -- one that was shown whole before stays, and is the whole of what passed
            and not exists (
                select 1 from gate.shown_before as before
                where before.unit_level = 'school' and before.unit_id = member.school_id and before.partnership_id = member.partnership_id
                    and before.indicator_id = member.indicator_id and before.definition_version = member.definition_version
                    and before.period_type = member.period_type and before.period = member.period and before.question <> member.whole_question
            )
    """
    ),
}
"""Conditions that must find no cell, by name. Each selects the cells that it finds, the school first."""

OWN = ("indicator_value",)
"""What a school is shown of its own, in the gate."""

ALL = ("indicator_value", "shown_value", "unit_value")
"""What a release shows to anybody."""


def find(connection: psycopg.Connection[Any], relations: Sequence[str]) -> dict[str, list[str]]:
    """Cells of these relations of the gate that meet a condition that none must, by condition."""
    candidate = " union all ".join(
        "select unit_id, school_id, indicator_id, period_type, period, status, value, numerator"
        f" from gate.{name}"
        for name in relations
    )
    return {
        name: [r[0] for r in connection.execute(query.format(candidate=candidate).encode()).fetchall()]
        for name, query in CONDITIONS.items()
    }


@dataclass(frozen=True)
class Release:
    """What publishing made. `refused` names the cells that stopped it, by audit; `unchanged` says that none
    was made and the one before stands."""

    release_id: int
    cells_shown: int = 0
    cells_pooled: int = 0
    cells_withheld: int = 0
    audit: dict[str, int] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    unchanged: bool = False


def audit(url: str) -> Audit:
    """Everything that stands in the way of the release in the making: conditions, the attack, and the
    difference from the release before."""
    with connect(url) as connection:
        connection.read_only = True
        # tables made a moment ago are unknown to the planner; it then loops where it should hash
        connection.execute("set local enable_nestloop = off")
        found = find(connection, ALL)
        shown = gather(connection)
        found |= {"total_not_from_the_gate": shown.open_totals} | differences(connection)
        totals, opened = chosen(connection)
        policy = connection.execute(_POLICY).fetchone() or (3, 2, 1.0)
        rows = [row[0] for row in connection.execute(_TOLD_OF_PEOPLE).fetchall()]
    attacked = attack(shown.cells, shown.sums)
    by_reader = attack_by_reader(totals, opened, policy[0])
    found |= (
        attacked.found
        | by_reader.found
        | {"row_that_can_be_inverted": invertible(rows, policy[1], policy[2])}
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
    select to_jsonb(told) from gate.shown_value as told where gate_reason = 'respondents' and value is not null
    union all
    select to_jsonb(told) from gate.unit_value as told where gate_reason = 'respondents' and value is not null
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


def publish(settings: Settings, url: str, note: str | None = None) -> Release:
    """Make a release, or refuse it and say which cells stand in the way. Waits for a run that is going on."""
    from orchestration.run import execute, say

    with turn(url, say):
        with connect(url) as connection:
            there = connection.execute("select to_regclass('gate.indicator_value') is not null").fetchone()
        if not (there and there[0]):
            raise UserError(
                Words(
                    nb="Det er ikke noe å utgi ennå. Kjør «innenfra run» først.",
                    nn="Det er ikkje noko å gje ut enno. Køyr «innenfra run» først.",
                    en="There is nothing to release yet. Run “innenfra run” first.",
                )
            )
        run_id = str(uuid.uuid4())
        outcome = execute(settings, url, "release", {NOTE: note} if note else {}, run_id=run_id)
        give_up(url, run_id)
        with connect(url) as connection:
            row = connection.execute(_MADE, (run_id,)).fetchone()
            before = connection.execute(
                "select max(release_id) from published.release where state = 'published'"
            ).fetchone()
    if outcome.succeeded:
        return Release(*row) if row else Release(int(before[0]) if before else 0, unchanged=True)
    cells = {
        name.removesuffix("_cells"): value
        for name, value in outcome.found.get("release_audit", {}).items()
        if name.endswith("_cells")
    }
    return Release(
        row[0] if row else 0, audit=row[4] if row else {}, refused=cells or {"build": list(outcome.failed)}
    )


_MADE = """
    select release_id, coalesce(cells_shown, 0), coalesce(cells_pooled, 0), coalesce(cells_withheld, 0), coalesce(audit, '{}')
    from published.release where run_id = %s order by release_id desc limit 1
"""
