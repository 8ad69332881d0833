"""Releases: the audit that blocks one, and publishing.

Belongs here: the audit and `publish`, which makes a numbered release of what passed the gate.
Does not belong here: the gate's rules (dbt, `models/gate`).
"""

import json
from dataclasses import dataclass, field

import dagster as dg
import psycopg

from innenfra.settings import Settings

AUDITS = {
    "fewer_answers_than_allowed": """
        select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
        from gate.indicator_value cross join (select k_school from marts.disclosure_policy order by policy_version desc limit 1) as policy
        where gate_reason = 'respondents' and status in ('observed', 'stated_zero') and (n_respondents is null or n_respondents < policy.k_school)
    """,
    "number_without_status": """
        select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
        from gate.indicator_value where status not in ('observed', 'stated_zero') and (value is not null or numerator is not null)
    """,
    "share_that_tells_of_all_or_none": """
        select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
        from gate.indicator_value
        where gate_reason = 'respondents' and period_type = 'loop' and status in ('observed', 'stated_zero') and (numerator < 2 or numerator > denominator - 2)
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


def audit(url: str) -> dict[str, list[str]]:
    """The cells found by each audit."""
    with psycopg.connect(url) as connection:
        return {name: [r[0] for r in connection.execute(query).fetchall()] for name, query in AUDITS.items()}


def audit_check(url: str) -> dg.AssetChecksDefinition:
    """The audit as a blocking check on the gate: nothing is published past a cell that it finds."""

    @dg.asset_check(asset=dg.AssetKey(["gate", "indicator_value"]), name="release_audit", blocking=True, description="The audit of what would be published.")
    def release_audit() -> dg.AssetCheckResult:
        found = audit(url)
        return dg.AssetCheckResult(passed=not any(found.values()), metadata={k: len(v) for k, v in found.items()})

    return release_audit


def publish(settings: Settings, url: str, note: str | None = None) -> Release:
    """Make a release, or refuse it and say which cells stand in the way."""
    from orchestration.run import execute

    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("insert into published.release (note) values (%s) returning release_id", (note,)).fetchone()
        release_id = int(row[0]) if row else 0
        found = audit(url)
        figures = {name: len(cells) for name, cells in found.items()}
        if any(found.values()):
            connection.execute("update published.release set state = 'refused', audit = %s where release_id = %s", (json.dumps(figures), release_id))
            return Release(release_id, audit=figures, refused={k: v for k, v in found.items() if v})
        outcome = execute(settings, url, "release", {"innenfra/release": str(release_id)})
        if not outcome.succeeded:
            connection.execute("update published.release set state = 'refused' where release_id = %s", (release_id,))
            return Release(release_id, audit=figures, refused={"build": list(outcome.failed)})
        counts = connection.execute(
            "select count(*) filter (where status in ('observed', 'stated_zero')), count(*) filter (where unit_level = 'pool'), count(*) filter (where status = 'suppressed')"
            " from published.indicator_value"
        ).fetchone()
        shown, pooled, withheld = counts if counts else (0, 0, 0)
        connection.execute(
            "update published.release set state = 'published', released_at = now(), cells_shown = %s, cells_pooled = %s, cells_withheld = %s, audit = %s where release_id = %s",
            (shown, pooled, withheld, json.dumps(figures), release_id),
        )
        return Release(release_id, shown, pooled, withheld, figures)
