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

from expectations.closing import answer_replaced, release_rows, settle
from expectations.cross_delivery import ACROSS, Across
from expectations.current import current_rows, write_current
from expectations.order import tell_order
from innenfra.contracts.declare import all_rules, label
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.rules import ColumnRule, Rule, TableRule
from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.findings import value_finding_message
from innenfra.settings import without_telemetry

if TYPE_CHECKING:
    from great_expectations.data_context import AbstractDataContext

_BATCH = "(select batch.* from {batch} as batch cross join (select 1 as one) as once)"
"""The rows of the batch, in a query of ours. Great Expectations names a batch only in queries without a join,
and PostgreSQL before 16 asks for the name; with a join there always is one, and only ours."""


@dataclass(frozen=True)
class Broken:
    """A row that breaks a rule: where it is and which rule, never what it holds."""

    file: str
    sheet: str
    row: int
    column: str
    rule: str


@dataclass(frozen=True)
class Outcome:
    """What a check found: rows looked at, and those that break a rule."""

    rows_checked: int
    rows_found: int
    broken: tuple[Broken, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return self.rows_found == 0


def claim(url: str, run_id: str, school: str = "") -> list[int]:
    """The files that this run is to check, all or one school's: those that no run has checked, each by one
    run alone."""
    with connect(url) as connection:
        connection.execute(
            "update inbox.file set checked_by_run = %s where checked_by_run is null and status <> 'rejected'"
            " and (%s = '' or school_id = %s)",
            (run_id, school, school),
        )
        rows = connection.execute(
            "select file_id from inbox.file where checked_by_run = %s order by file_id", (run_id,)
        ).fetchall()
    return [int(row[0]) for row in rows]


def check_files(url: str, files: Sequence[int], run_id: str) -> dict[str, Outcome]:
    """All checks on these files: the contract of each file type in them by `contract_<file_type>`, then
    `across_deliveries`."""
    with connect(url) as connection:
        found = connection.execute(
            "select distinct file_type from inbox.delivery where file_id = any(%s) and rows_landed > 0 order"
            " by 1",
            (list(files),),
        ).fetchall()
    made = {f"contract_{file_type}": check_contract(url, file_type, files, run_id) for (file_type,) in found}
    by_rule = check_across(url, files, run_id).values()
    rows = sum(one.rows_checked for one in by_rule)
    return made | {
        "across_deliveries": Outcome(
            rows, sum(o.rows_found for o in by_rule), tuple(b for o in by_rule for b in o.broken)
        )
    }


def check_contract(url: str, file_type: str, files: Sequence[int], run_id: str) -> Outcome:
    """Prove the in-file rules again on the landed rows of these files; rows that break one are held."""
    table = delivery_tables()[file_type]
    rules = [(name, rule) for name, rule in all_rules(table) if rule.severity == "error"]
    suite = [
        (
            rule.expectation(name)
            if isinstance(rule, ColumnRule)
            else _rows_expectation(
                f"select * from (select *, ({_broken_sql(rule)}) as broken from {{batch}}) as seen where"
                " broken"
            )
        )
        for name, rule in rules
    ]
    with connect(url) as connection:
        row = connection.execute(
            f"select count(*) from landed.{table.name} where file_id = any(%s)", (list(files),)
        ).fetchone()
        rows = int(row[0]) if row else 0
        if not rows:
            return Outcome(0, 0)
        listed = ", ".join(map(str, files))
        results = _validate(
            url, table, f"select * from landed.{table.name} where file_id in ({listed})", suite
        )
        found: list[Broken] = []
        for (name, rule), success in zip(rules, results, strict=True):
            if not success:
                broken = _contract_rows(connection, table, name, rule, files)
                found += _hold(
                    connection, file_type, name, rule.code, "error", "platform", rule.says(), broken, run_id
                )
        said = Words(
            nb=f"Reglene for {file_type} holder for radene som landet.",
            nn=f"Reglane for {file_type} held for radene som landa.",
            en=f"The rules of {file_type} hold for the rows that landed.",
        )
        rows_found = len({(one.file, one.row) for one in found})
        _write_result(
            connection,
            run_id,
            "contract",
            f"landed.{table.name}",
            f"contract_{file_type}",
            rows,
            rows_found,
            said,
        )
    return Outcome(rows, rows_found, tuple(found))


def check_across(url: str, files: Sequence[int], run_id: str) -> dict[str, Outcome]:
    """Rules over several deliveries, by code: on all rows that count of the schools that these files are for.

    What an earlier run found and holds by now is settled, and what was delivered anew is answered.
    """
    with connect(url) as connection:
        connection.execute(
            "update inbox.file set checked_by_run = %s where file_id = any(%s) and checked_by_run is null",
            (run_id, list(files)),
        )
        found = connection.execute(
            "select distinct school_id from inbox.file where file_id = any(%s) and school_id is not null",
            (list(files),),
        )
        schools = sorted(row[0] for row in found.fetchall())
        write_current(connection, schools)
        # the expectations ask over a connection of their own
        connection.commit()
        made: dict[str, Outcome] = {}
        for file_type in dict.fromkeys(rule.file_type for rule in ACROSS):
            rules = [rule for rule in ACROSS if rule.file_type == file_type]
            made |= _check_rules(connection, url, rules, schools, run_id)
        tell_order(connection, schools, run_id)
        answer_replaced(connection, schools)
        release_rows(connection, schools)
    return {rule.code: made[rule.code] for rule in ACROSS}


def _check_rules(
    connection: psycopg.Connection, url: str, rules: Sequence[Across], schools: Sequence[str], run_id: str
) -> dict[str, Outcome]:
    """The rules of one file type on the rows of these schools that count."""
    table = delivery_tables()[rules[0].file_type]
    listed = ", ".join(f"'{school}'" for school in schools) or "''"
    judged = f"select * from {current_rows(table)} as current_row where school_id in ({listed})"
    row = connection.execute(f"select count(*) from ({judged}) as judged".encode()).fetchone()
    rows = int(row[0]) if row else 0
    results = (
        _validate(url, table, judged, [_rows_expectation(_sql_of(rule, _BATCH)) for rule in rules])
        if rows
        else [True] * len(rules)
    )
    made = {}
    for rule, success in zip(rules, results, strict=True):
        # a row that breaks a rule in several ways breaks it once
        query = (
            f"select distinct on (file_id, row_number) * from ({_sql_of(rule, f'({judged})')}) as broken"
            " order by file_id, row_number"
        )
        broken = [] if success else connection.execute(query.encode()).fetchall()
        told = _hold(
            connection,
            rule.file_type,
            rule.column,
            rule.code,
            rule.severity,
            rule.owner,
            rule.says,
            broken,
            run_id,
        )
        settle(connection, rule.code, judged, broken)
        _write_result(
            connection, run_id, "across", f"landed.{table.name}", rule.code, rows, len(broken), rule.says
        )
        made[rule.code] = Outcome(rows, len(broken), tuple(told))
    return made


def _sql_of(rule: Across, rows: str) -> str:
    return rule.select_broken(rows, {table.name: current_rows(table) for table in delivery_tables().values()})


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


def _validate(url: str, table: sa.Table, rows: str, suite: Sequence[Any]) -> list[bool]:
    """Whether each expectation holds on the rows of this query, in order."""
    from great_expectations import ExpectationSuite

    context = _context()
    name = f"db-{abs(hash(url))}"
    if name in context.data_sources.all():
        source: Any = context.data_sources.get(name)
    else:
        source = context.data_sources.add_postgres(
            name, connection_string=url.replace("postgresql://", "postgresql+psycopg://", 1)
        )
    asset_name = f"{table.name}"
    if asset_name in {a.name for a in source.assets}:
        source.delete_asset(asset_name)
    asset = source.add_query_asset(name=asset_name, query=rows)
    batch = asset.add_batch_definition_whole_table("files of the run").get_batch()
    result = batch.validate(
        ExpectationSuite(name=asset_name, expectations=list(suite)), result_format="BOOLEAN_ONLY"
    )
    failed = next(
        (
            str(one.exception_info)
            for one in result.results
            if '"raised_exception": true' in json.dumps(one.exception_info, default=str)
        ),
        None,
    )
    if failed or len(result.results) != len(suite):
        raise RuntimeError(
            f"{table.name}: {len(suite)} expectations gave {len(result.results)} results. {failed or ''}"
        )
    return _in_order(suite, result.results)


def _in_order(suite: Sequence[Any], results: Sequence[Any]) -> list[bool]:
    """Results come grouped by column; put them back in the suite's order by their configuration."""
    waiting = [
        (r.expectation_config.type, dict(r.expectation_config.kwargs), bool(r.success)) for r in results
    ]
    ordered = []
    for expectation in suite:
        config = expectation.configuration
        wanted = {k: v for k, v in dict(config.kwargs).items() if k != "batch_id"}
        index = next(
            i
            for i, (kind, kwargs, _) in enumerate(waiting)
            if kind == config.type and {k: v for k, v in kwargs.items() if k != "batch_id"} == wanted
        )
        ordered.append(waiting.pop(index)[2])
    return ordered


# ---------------------------------------------------------------- what becomes of it


def _contract_rows(
    connection: psycopg.Connection, table: sa.Table, name: str, rule: Any, files: Sequence[int]
) -> list[tuple[Any, ...]]:
    """The rows that break a contract rule, found with the very rule on the rows read back."""
    import polars as pl

    names = [c.name for c in table.columns]
    query = sql.SQL("select {} from landed.{} where file_id = any(%s)").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table.name)
    )
    rows = connection.execute(query, (list(files),)).fetchall()
    frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    broken = []
    for _, part in frame.group_by("file_id"):
        mask = part.select(
            rule.holds(pl.col(name)) if isinstance(rule, ColumnRule) else rule.holds()
        ).to_series()
        broken += [
            (r["school_id"], r["file_id"], r["row_number"], r[name])
            for r in part.filter(~mask).iter_rows(named=True)
        ]
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
) -> list[Broken]:
    """Write each row's finding once, and hold the row where the rule is an error."""
    files = sorted({row[1] for row in broken})
    names: dict[int, str] = dict(
        connection.execute(
            "select file_id, file_name from inbox.file where file_id = any(%s)", (files,)
        ).fetchall()
    )
    places = {
        "files": [row[1] for row in broken],
        "rows": [row[2] for row in broken],
        "type": file_type,
        "rule": code,
    }
    # what was settled, and is wrong again
    connection.execute(
        "update quality.finding set state = 'open' where file_type = %(type)s and rule = %(rule)s and state"
        " <> 'open' and (file_id, row_number) in (select * from unnest(%(files)s::bigint[],"
        " %(rows)s::integer[]))",
        places,
    )
    known = set(
        connection.execute(
            "select file_id, row_number from quality.finding where file_id = any(%s) and file_type = %s and"
            " rule = %s",
            (files, file_type, code),
        ).fetchall()
    )
    table = delivery_tables()[file_type]
    # sheets of the template, and CSV files, are named by the file type
    sheet, called = file_type, label(table.c[column])
    findings = []
    for _, file_id, row_number, value in broken:
        if (file_id, row_number) not in known:
            shown = None if value is None else str(value)
            words = value_finding_message(
                names.get(file_id, str(file_id)), sheet, row_number, called, shown, said
            )
            findings.append(
                (
                    file_id,
                    file_type,
                    sheet,
                    row_number,
                    column,
                    shown,
                    code,
                    severity,
                    words.nb,
                    words.nn,
                    words.en,
                    owner,
                    run_id,
                )
            )
    with connection.cursor() as cursor:
        cursor.executemany(
            'insert into quality.finding (file_id, file_type, sheet, row_number, "column", value_shown, rule,'
            " severity, message_nb, message_nn, message_en, owner, run_id) values (%s, %s, %s, %s, %s, %s,"
            " %s, %s, %s, %s, %s, %s, %s)",
            findings,
        )
        if severity == "error":
            cursor.executemany(
                "insert into landed.held_back_row (school_id, file_id, file_type, row_number, stage,"
                " row_values) values (%s, %s, %s, %s, 'across', '{}') on conflict do nothing",
                [(school_id, file_id, file_type, row_number) for school_id, file_id, row_number, _ in broken],
            )
    return [
        Broken(names.get(file_id, str(file_id)), sheet, row_number, column, code)
        for _, file_id, row_number, _ in broken
    ]


def _write_result(
    connection: psycopg.Connection,
    run_id: str,
    kind: str,
    table: str,
    check: str,
    rows: int,
    found: int,
    said: Words,
) -> None:
    connection.execute(
        "insert into quality.check_result (run_id, kind, table_name, check_name, passed, rows_checked,"
        " rows_found, message_nb, message_nn, message_en) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (run_id, kind, table, check, found == 0, rows, found, said.nb, said.nn, said.en),
    )


def across_by_code() -> dict[str, Across]:
    """The rules over several deliveries by code."""
    return {rule.code: rule for rule in ACROSS}
