"""Running suites on the files of a run; the only module that imports Great Expectations, inside functions.

Belongs here: from rules to suites, from results to `quality.check_result`, findings and held rows.
Does not belong here: the rules.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from expectations.across import ACROSS, Across
from innenfra.contracts.declare import all_rules, label
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.rules import ColumnRule, Rule, TableRule
from innenfra.contracts.words import Words
from innenfra.findings import value_finding_message
from innenfra.settings import without_telemetry

if TYPE_CHECKING:
    from great_expectations.data_context import AbstractDataContext

_BATCH = "(select batch.* from {batch} as batch cross join (select 1 as one) as once)"
"""The rows of the files of the run, in a query of ours. Great Expectations names a batch only in queries without a join,
and PostgreSQL before 16 asks for the name; with a join there always is one, and only ours."""


@dataclass(frozen=True)
class Outcome:
    """What a check found: rows looked at, rows found, and whether anything still stands wrong."""

    rows_checked: int
    rows_found: int
    passed: bool


def check_contract(url: str, file_type: str, files: Sequence[int], run_id: str) -> Outcome:
    """Prove the in-file rules again on the landed rows of these files; rows that break one are held."""
    table = delivery_tables()[file_type]
    rules = [(name, rule) for name, rule in all_rules(table) if rule.severity == "error"]
    suite = [
        rule.expectation(name)
        if isinstance(rule, ColumnRule)
        else _rows_expectation(f"select * from (select *, ({_broken_sql(rule)}) as broken from {{batch}}) as seen where broken")
        for name, rule in rules
    ]
    with psycopg.connect(url) as connection:
        row = connection.execute(f"select count(*) from landed.{table.name} where file_id = any(%s)", (list(files),)).fetchone()
        rows = int(row[0]) if row else 0
        if not rows:
            return Outcome(0, 0, True)
        results = _validate(url, table, files, suite)
        found = 0
        for (name, rule), success in zip(rules, results, strict=True):
            if not success:
                broken = _contract_rows(connection, table, name, rule, files)
                found += len(broken)
                _hold(connection, file_type, name, rule.code, "error", "platform", rule.says(), broken, run_id)
        said = Words(
            nb=f"Reglene for {file_type} holder for radene som landet.",
            nn=f"Reglane for {file_type} held for radene som landa.",
            en=f"The rules of {file_type} hold for the rows that landed.",
        )
        _write_result(connection, run_id, "contract", f"landed.{table.name}", f"contract_{file_type}", rows, found, said)
    return Outcome(rows, found, True)


def check_across(url: str, files: Sequence[int], run_id: str) -> dict[str, Outcome]:
    """Rules over several deliveries, on the rows of these files, or of all files where what they wait for may come later; by rule code."""
    made: dict[str, Outcome] = {}
    with psycopg.connect(url) as connection:
        for rule in ACROSS:
            table = delivery_tables()[rule.file_type]
            judged = _files_with(connection, rule.file_type) if rule.again else list(files)
            (success,) = _validate(url, table, judged, [_rows_expectation(rule.broken.format(rows=_BATCH))]) if judged else (True,)
            rows = sql.SQL("(select * from landed.{} where file_id = any({}))").format(sql.Identifier(table.name), sql.Literal(judged))
            broken = [] if success else connection.execute(rule.broken.format(rows=rows.as_string()).encode()).fetchall()
            _hold(connection, rule.file_type, rule.column, rule.code, rule.severity, rule.owner, rule.says, broken, run_id)
            if rule.again:
                _settle(connection, rule, broken)
            _write_result(connection, run_id, "across", f"landed.{table.name}", rule.code, len(judged), len(broken), rule.says)
            made[rule.code] = Outcome(len(judged), len(broken), True)
    return made


# ---------------------------------------------------------------- Great Expectations


@lru_cache(maxsize=1)
def _context() -> AbstractDataContext:
    without_telemetry()
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _broken_sql(rule: Rule) -> str:
    if not isinstance(rule, TableRule):
        raise TypeError(f"{rule.code} is no rule of a table")
    return rule.broken_sql()


def _rows_expectation(query: str) -> Any:
    from great_expectations import expectations as gxe

    return gxe.UnexpectedRowsExpectation(unexpected_rows_query=query)


def _validate(url: str, table: sa.Table, files: Sequence[int], suite: Sequence[Any]) -> list[bool]:
    """Whether each expectation holds on the rows of these files, in order."""
    from great_expectations import ExpectationSuite

    context = _context()
    name = f"db-{abs(hash(url))}"
    if name in context.data_sources.all():
        source: Any = context.data_sources.get(name)
    else:
        source = context.data_sources.add_postgres(name, connection_string=url.replace("postgresql://", "postgresql+psycopg://", 1))
    listed = ", ".join(map(str, files))
    asset_name = f"{table.name}"
    if asset_name in {a.name for a in source.assets}:
        source.delete_asset(asset_name)
    asset = source.add_query_asset(name=asset_name, query=f"select * from landed.{table.name} where file_id in ({listed})")
    batch = asset.add_batch_definition_whole_table("files of the run").get_batch()
    result = batch.validate(ExpectationSuite(name=asset_name, expectations=list(suite)), result_format="BOOLEAN_ONLY")
    failed = next((str(one.exception_info) for one in result.results if '"raised_exception": true' in json.dumps(one.exception_info, default=str)), None)
    if failed or len(result.results) != len(suite):
        raise RuntimeError(f"{table.name}: {len(suite)} expectations gave {len(result.results)} results. {failed or ''}")
    return _in_order(suite, result.results)


def _in_order(suite: Sequence[Any], results: Sequence[Any]) -> list[bool]:
    """Results come grouped by column; put them back in the suite's order by their configuration."""
    waiting = [(r.expectation_config.type, dict(r.expectation_config.kwargs), bool(r.success)) for r in results]
    ordered = []
    for expectation in suite:
        config = expectation.configuration
        wanted = {k: v for k, v in dict(config.kwargs).items() if k != "batch_id"}
        index = next(i for i, (kind, kwargs, _) in enumerate(waiting) if kind == config.type and {k: v for k, v in kwargs.items() if k != "batch_id"} == wanted)
        ordered.append(waiting.pop(index)[2])
    return ordered


# ---------------------------------------------------------------- what becomes of it


def _contract_rows(connection: psycopg.Connection, table: sa.Table, name: str, rule: Any, files: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows that break a contract rule, found with the very rule on the rows read back."""
    import polars as pl

    names = [c.name for c in table.columns]
    query = sql.SQL("select {} from landed.{} where file_id = any(%s)").format(sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table.name))
    rows = connection.execute(query, (list(files),)).fetchall()
    frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    broken = []
    for _, part in frame.group_by("file_id"):
        mask = part.select(rule.holds(pl.col(name)) if isinstance(rule, ColumnRule) else rule.holds()).to_series()
        broken += [(r["school_id"], r["file_id"], r["row_number"], r[name]) for r in part.filter(~mask).iter_rows(named=True)]
    return broken


def _hold(
    connection: psycopg.Connection,
    file_type: str,
    column: str,
    code: str,
    severity: str,
    owner: str,
    said: Words,
    broken: Sequence[tuple[Any, ...]],
    run_id: str,
) -> None:
    """Write each row's finding once, and hold it where the rule is an error."""
    files = sorted({row[1] for row in broken})
    names: dict[int, str] = dict(connection.execute("select file_id, file_name from inbox.file where file_id = any(%s)", (files,)).fetchall())
    known = set(
        connection.execute(
            "select file_id, row_number from quality.finding where file_id = any(%s) and file_type = %s and rule = %s", (files, file_type, code)
        ).fetchall()
    )
    table = delivery_tables()[file_type]
    # sheets of the template, and CSV files, are named by the file type
    sheet, called = file_type, label(table.c[column])
    findings = []
    for _, file_id, row_number, value in broken:
        if (file_id, row_number) not in known:
            shown = None if value is None else str(value)
            words = value_finding_message(names.get(file_id, str(file_id)), sheet, row_number, called, shown, said)
            findings.append((file_id, file_type, sheet, row_number, column, shown, code, severity, words.nb, words.nn, words.en, owner, run_id))
    with connection.cursor() as cursor:
        cursor.executemany(
            'insert into quality.finding (file_id, file_type, sheet, row_number, "column", value_shown, rule, severity, message_nb, message_nn, message_en, owner, run_id)'
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            findings,
        )
        if severity == "error":
            cursor.executemany(
                "insert into landed.held_back_row (school_id, file_id, file_type, row_number, stage, row_values) values (%s, %s, %s, %s, 'across', '{}') on conflict do nothing",
                [(school_id, file_id, file_type, row_number) for school_id, file_id, row_number, _ in broken],
            )


def _files_with(connection: psycopg.Connection, file_type: str) -> list[int]:
    """All files that landed rows of the type."""
    found = connection.execute("select distinct file_id from inbox.delivery where file_type = %s and rows_landed > 0 order by file_id", (file_type,)).fetchall()
    return [int(row[0]) for row in found]


def _settle(connection: psycopg.Connection, rule: Across, broken: Sequence[tuple[Any, ...]]) -> None:
    """What was found in an earlier run and holds by now is settled."""
    connection.execute(
        "update quality.finding set state = 'settled' where rule = %s and state = 'open'"
        " and (file_id, row_number) not in (select * from unnest(%s::bigint[], %s::integer[]))",
        (rule.code, [row[1] for row in broken], [row[2] for row in broken]),
    )


def _write_result(connection: psycopg.Connection, run_id: str, kind: str, table: str, check: str, rows: int, found: int, said: Words) -> None:
    connection.execute(
        "insert into quality.check_result (run_id, kind, table_name, check_name, passed, rows_checked, rows_found, message_nb, message_nn, message_en)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (run_id, kind, table, check, found == 0, rows, found, said.nb, said.nn, said.en),
    )


def across_by_code() -> dict[str, Across]:
    """The rules over several deliveries by code."""
    return {rule.code: rule for rule in ACROSS}
