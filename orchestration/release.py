"""Releases: the audit that blocks one, and publishing.

Belongs here: the audit as a check, and `publish`, which makes a numbered release of what passed the gate.
Does not belong here: the gate's rules (dbt, `models/gate`), the attack (`innenfra/disclosure`).
"""

import json
from dataclasses import dataclass, field

import dagster as dg
import psycopg

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.disclosure.audit import Audit
from innenfra.disclosure.audit import audit as attack
from innenfra.disclosure.insight import attack as attack_by_reader
from innenfra.disclosure.insight import invertible
from innenfra.disclosure.readers import chosen, forget_older
from innenfra.disclosure.release import differences, keep_past
from innenfra.disclosure.shown import gather
from innenfra.errors import UserError
from innenfra.settings import Settings
from orchestration.turn import turn

CANDIDATE = tuple(dg.AssetKey(["gate", name]) for name in ("shown_value", "reference_value", "funnel_limit", "trend", "unit_part", "unit_value", "total_part"))
"""What is built at the start of a release, looked at, and only then published."""

CONDITIONS = {
    "fewer_answers_than_allowed": """
        select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
        from gate.indicator_value cross join (select k_school from marts.disclosure_policy order by policy_version desc limit 1) as policy
        where gate_reason = 'respondents' and status in ('observed', 'stated_zero', 'provisional') and (n_respondents is null or n_respondents < policy.k_school)
    """,
    "number_without_status": """
        select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
        from (
            select unit_id, indicator_id, period_type, period, status, value, numerator from gate.indicator_value
            union all
            select unit_id, indicator_id, period_type, period, status, value, numerator from gate.shown_value
            union all
            select unit_id, indicator_id, period_type, period, status, value, numerator from gate.unit_value
        ) as candidate
        where status not in ('observed', 'stated_zero', 'provisional') and (value is not null or numerator is not null)
    """,
    # where people's answers pass the gate; wider periods are sums of what passed
    "share_that_tells_of_all_or_none": """
        select value.unit_id || ' ' || value.indicator_id || ' ' || value.period_type || ' ' || value.period
        from gate.indicator_value as value
        inner join gate.atom as atom
            on value.unit_level = atom.unit_level and value.unit_id = atom.unit_id and value.partnership_id = atom.partnership_id and value.indicator_id = atom.indicator_id
            and value.definition_version = atom.definition_version and value.period_type = atom.period_type and value.period = atom.period and value.slice = atom.slice
        cross join (select edge from marts.disclosure_policy order by policy_version desc limit 1) as policy
        where value.gate_reason = 'respondents' and value.unit_level = 'school' and value.status in ('observed', 'stated_zero', 'provisional')
            and (value.numerator < policy.edge or value.numerator > value.denominator - policy.edge)
    """,
    "shown_though_withdrawn": """
        select distinct candidate.school_id || ' ' || candidate.indicator_id || ' ' || candidate.period_type || ' ' || candidate.period
        from (
            select school_id, indicator_id, period_type, period, status from gate.indicator_value
            union all
            select school_id, indicator_id, period_type, period, status from gate.shown_value
        ) as candidate
        inner join published.withdrawal as withdrawal using (school_id, indicator_id, period_type, period)
        where withdrawal.lifted_at is null and candidate.status in ('observed', 'stated_zero', 'provisional')
    """,
    "breakdown_with_a_small_part": """
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
    """,
}
"""Conditions that must find no cell, by name. Each selects the cells that it finds."""


@dataclass(frozen=True)
class Release:
    """What publishing made. `refused` names the cells that stopped it, by audit."""

    release_id: int
    cells_shown: int = 0
    cells_pooled: int = 0
    cells_withheld: int = 0
    audit: dict[str, int] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)


def audit(url: str) -> Audit:
    """Everything that stands in the way of the release in the making: conditions, the attack, and the difference from the release before."""
    with psycopg.connect(url) as connection:
        connection.read_only = True
        # tables made a moment ago are unknown to the planner; it then loops where it should hash
        connection.execute("set local enable_nestloop = off")
        found = {name: [r[0] for r in connection.execute(query.encode()).fetchall()] for name, query in CONDITIONS.items()}
        shown = gather(connection)
        found |= {"total_not_from_the_gate": shown.open_totals} | differences(connection)
        totals, opened = chosen(connection)
        policy = connection.execute(_POLICY).fetchone() or (3, 2, 1.0)
        rows = [row[0] for row in connection.execute(_TOLD_OF_PEOPLE).fetchall()]
    attacked = attack(shown.cells, shown.sums)
    by_reader = attack_by_reader(totals, opened, policy[0])
    found |= attacked.found | by_reader.found | {"row_that_can_be_inverted": invertible(rows, policy[1], policy[2])}
    return Audit(found, attacked.figures | by_reader.figures | {"rows_inverted": len(rows), "tables": len(ATTACKED)})


ATTACKED = ("indicator_value", "comparison", "trend")
"""Published tables that tell others than the school itself of numbers: values, pools and totals are attacked; the others are counted from
what values tell."""

_POLICY = "select k_units, edge, assumed_design_effect::float from marts.disclosure_policy order by policy_version desc limit 1"
_TOLD_OF_PEOPLE = """
    select to_jsonb(told) from gate.shown_value as told where gate_reason = 'respondents' and value is not null
    union all
    select to_jsonb(told) from gate.unit_value as told where gate_reason = 'respondents' and value is not null
"""
"""Rows that tell others than the school itself of people."""


def audit_check(url: str) -> dg.AssetChecksDefinition:
    """The audit as a blocking check on what a release is made from: nothing is published past a cell that it finds."""

    @dg.asset_check(
        asset=CANDIDATE[-1], additional_deps=CANDIDATE[:-1], name="release_audit", blocking=True, description="The attack on what would be published."
    )
    def release_audit() -> dg.AssetCheckResult:
        made = audit(url)
        return dg.AssetCheckResult(passed=made.passed, metadata={**{k: len(v) for k, v in made.found.items()}, **made.figures})

    return release_audit


def release_job(settings: Settings, url: str) -> dg.JobDefinition:
    """The release as a job of its own, for the schedule: it fails where the audit refuses, and names the cells."""

    @dg.op(name="make_release", pool="dbt", description="A release of what passed the gate, or a refusal that names the cells.")
    def make(context: dg.OpExecutionContext) -> None:
        release = publish(settings, url, "nightly")
        context.log.info(f"release {release.release_id}: {release.cells_shown} cells shown, {release.cells_withheld} withheld")
        if release.refused:
            raise dg.Failure(f"release {release.release_id} was refused", metadata={name: ", ".join(cells) for name, cells in release.refused.items()})

    @dg.job(name="publish", executor_def=dg.in_process_executor, description="The audit, then a numbered release.")
    def job() -> None:
        make()

    return job


def publish(settings: Settings, url: str, note: str | None = None) -> Release:
    """Make a release, or refuse it and say which cells stand in the way. Waits for a run that is going on."""
    from orchestration.run import execute, say

    with turn(url, say), connect(url, autocommit=True) as connection:
        there = connection.execute("select to_regclass('gate.indicator_value') is not null").fetchone()
        if not (there and there[0]):
            raise UserError(
                Words(
                    nb="Det er ikke noe å utgi ennå. Kjør «innenfra run» først.",
                    nn="Det er ikkje noko å gje ut enno. Køyr «innenfra run» først.",
                    en="There is nothing to release yet. Run “innenfra run” first.",
                )
            )
        row = connection.execute("insert into published.release (note) values (%s) returning release_id", (note,)).fetchone()
        release_id = int(row[0]) if row else 0
        outcome = execute(settings, url, "release", {"innenfra/release": str(release_id)})
        made = audit(url)
        figures = made.figures | {name: len(cells) for name, cells in made.found.items()}
        if not outcome.succeeded:
            connection.execute("update published.release set state = 'refused', audit = %s where release_id = %s", (json.dumps(figures), release_id))
            refused = {name: cells for name, cells in made.found.items() if cells}
            return Release(release_id, audit=figures, refused=refused or {"build": list(outcome.failed)})
        with connection.transaction():
            keep_past(connection, release_id)
            forget_older(connection, release_id)
            counts = connection.execute(_FINISH, {"release": release_id, "audit": json.dumps(figures)}).fetchone()
        shown, pooled, withheld = counts or (0, 0, 0)
        return Release(release_id, shown, pooled, withheld, figures)


_FINISH = """
    with counted as (
        select count(*) filter (where status in ('observed', 'stated_zero', 'provisional')) as shown, count(*) filter (where unit_level = 'pool') as pooled,
            count(*) filter (where status = 'suppressed') as withheld
        from published.indicator_value
    )
    update published.release
    set state = 'published', released_at = now(), cells_shown = counted.shown, cells_pooled = counted.pooled, cells_withheld = counted.withheld, audit = %(audit)s
    from counted
    where release_id = %(release)s
    returning cells_shown, cells_pooled, cells_withheld
"""
