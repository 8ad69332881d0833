"""What schools see of their own before a release: their values as they passed the gate, once these are
attacked.

Belongs here: the step that ends a build, in one transaction: the audit of what schools would be shown, the
memory of
it, and the values. A school whose numbers do not pass is shown none of them; all others go on.
Does not belong here: what changes beside what was shown (`dbt_project/models/gate/gate_atom.sql`), the attack
(`innenfra/disclosure`), what everybody else sees (`release.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
import psycopg

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.database.statements import read_sql
from innenfra.disclosure.audit import audit as attack
from innenfra.disclosure.release import differences, remember_early
from innenfra.disclosure.shown import gather_own
from orchestration.changes import end_build
from orchestration.release import OWN, find

EARLY = dg.AssetKey(["published", "early_value"])
RESTS_ON = [
    dg.AssetKey(["gate", name])
    for name in (
        "indicator_value",
        "atom",
        "cell",
        "membership",
        "shown_before",
        "past_atom",
        "pooled_before",
        "asked",
        "renamed",
    )
]
CHECK = "early_audit"
SAYS = Words(
    nb="Kontrollert at det en skole ser av sitt eget før en utgivelse, ikke røper svar.",
    nn="Kontrollert at det ein skule ser av sitt eige før ei utgjeving, ikkje røper svar.",
    en="Checked that what a school sees of its own before a release tells of nobody's answers.",
)


@dataclass(frozen=True)
class Look:
    """What schools are shown ahead of a release. `found` are the cells that would tell too much, by kind; the
    schools
    that they are of are shown nothing."""

    schools: int = 0
    values: int = 0
    cells: int = 0
    found: dict[str, list[str]] = field(default_factory=dict)


def show_early(connection: psycopg.Connection[Any], run_id: str) -> Look:
    """Put what schools see of their own in the place of what they saw. The caller commits: until then they
    see what
    was there before."""
    row = connection.execute("select to_regclass('published.school_indicator_value') is not null").fetchone()
    statement = read_sql(__file__, "sql/early_value", released=bool(row and row[0])).encode()
    connection.execute("set local enable_nestloop = off")
    connection.execute("delete from published.early_value")
    connection.execute(statement, {"run": run_id, "but": []})
    there = {
        r[0] for r in connection.execute("select distinct school_id from published.early_value").fetchall()
    }
    cells, found = _attacked(connection, sorted(there))
    kept_back = sorted({name.split()[0] for names in found.values() for name in names})
    connection.execute("delete from published.early_value where school_id = any(%s)", (kept_back,))
    remember_early(connection, kept_back)
    row = connection.execute(
        "select count(distinct school_id), count(*) from published.early_value"
    ).fetchone() or (0, 0)
    return Look(int(row[0]), int(row[1]), cells, found)


def _attacked(
    connection: psycopg.Connection[Any], schools: Sequence[str]
) -> tuple[int, dict[str, list[str]]]:
    """How many numbers of people were attacked, and what was found of these schools, by kind."""
    shown = gather_own(connection, schools)
    attacked = attack(shown.cells, shown.sums)
    of_gate = {"total_not_from_the_gate": [name.removeprefix("school ") for name in shown.open_totals]}
    found = find(connection, OWN) | differences(connection) | attacked.found | of_gate
    told = {name: [cell for cell in cells if cell.split()[0] in schools] for name, cells in found.items()}
    return len(shown.cells), {name: cells for name, cells in told.items() if cells}


def early_asset(url: str) -> dg.AssetsDefinition:
    """The last step of a build: from now on schools see their own."""

    @dg.multi_asset(
        specs=[
            dg.AssetSpec(
                EARLY,
                deps=RESTS_ON,
                group_name="published",
                kinds={"postgres"},
                description="Schools' own values that are not released yet.",
            )
        ],
        check_specs=[
            dg.AssetCheckSpec(CHECK, asset=EARLY, description="The attack on what schools would be shown.")
        ],
        name="early",
        pool="database",
        required_resource_keys={"turn"},
    )
    def early(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
        run_id = context.run.run_id
        with connect(url) as connection:
            made = show_early(connection, run_id)
            _write_check(connection, run_id, made)
            end_build(connection, run_id)
        for name, cells in made.found.items():
            context.log.warning(f"{name}: {', '.join(cells)}")
        figures = {"schools": made.schools, "values": made.values, "numbers_attacked": made.cells}
        yield dg.MaterializeResult(asset_key=EARLY, metadata=figures)
        yield dg.AssetCheckResult(
            asset_key=EARLY,
            check_name=CHECK,
            passed=not made.found,
            severity=dg.AssetCheckSeverity.WARN,
            metadata=made.found,
        )

    return early


def _write_check(connection: psycopg.Connection[Any], run_id: str, made: Look) -> None:
    connection.execute(
        "insert into quality.check_result (run_id, kind, table_name, check_name, passed, rows_checked,"
        " rows_found, message_nb, message_nn, message_en) values (%s, 'integrity', 'published.early_value',"
        " %s, %s, %s, %s, %s, %s, %s)",
        (
            run_id,
            CHECK,
            not made.found,
            made.cells,
            sum(map(len, made.found.values())),
            SAYS.nb,
            SAYS.nn,
            SAYS.en,
        ),
    )
