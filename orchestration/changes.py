"""Whether there is anything to build: all that a build reads, held against what the newest one was made from.

Belongs here: fingerprints of what the models read. Does not belong here: building.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
import psycopg

PROJECT = Path(__file__).parents[1] / "dbt_project"
BELOW_THE_GATE = (
    "models/_generated",
    "models/staging",
    "models/intermediate",
    "models/marts",
    "macros",
    "seeds",
)


def version_of(parts: Sequence[str]) -> str:
    """Twelve characters that change with any model, macro or seed in these folders of the dbt project."""
    files = sorted(
        p
        for part in parts
        for p in (PROJECT / part).rglob("*")
        if p.suffix in (".sql", ".yml", ".csv", ".md")
    )
    return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:12]


def models_version() -> str:
    """The version of the models below the gate, which values are kept by."""
    return version_of(BELOW_THE_GATE)


def built_from(connection: psycopg.Connection[Any]) -> str:
    """What a build reads beside what schools deliver: the models, the registers (and which of their days have
    come), and what was withdrawn."""
    said = [version_of((*BELOW_THE_GATE, "models/gate"))]
    dates = connection.execute(
        "select table_name, array_agg(column_name::text order by 1) filter (where data_type = 'date') from"
        " information_schema.columns where table_schema = 'register' group by 1 order by 1"
    ).fetchall()
    for table, columns in dates:
        come = "".join(f" || coalesce({column} <= current_date, false)::text" for column in columns or ())
        said += _one(
            connection,
            f"select md5(string_agg(it::text{come}, '|' order by it::text)) from register.{table} as it",
        )
    said += _one(
        connection, "select md5(string_agg(it::text, '|' order by it::text)) from published.withdrawal as it"
    )
    return hashlib.sha256("/".join(said).encode()).hexdigest()[:16]


def schools_to_count(connection: psycopg.Connection[Any], models: str) -> int:
    """How many schools the models would count anew, by the very query of `stg_changed_school` on what was
    built before."""
    text = (PROJECT / "models" / "staging" / "stg_changed_school.sql").read_text()
    names: dict[str, Any] = {
        "config": lambda **_: "",
        "ref": lambda name: f"staging.{name}",
        "source": lambda schema, name: f"{schema}.{name}",
        "var": lambda _: models,
        "as_built_before": lambda schema, name: f"{schema}.{name}",
    }
    query = jinja2.Environment(autoescape=False).from_string(text).render(names)
    row = connection.execute(f"select count(*) from ({query}) as changed".encode()).fetchone()
    return int(row[0]) if row else 0


def is_to_be_built(connection: psycopg.Connection[Any], models: str) -> bool:
    """Whether a build would make anything that the newest one has not."""
    row = connection.execute(
        "select built_from, to_regclass('marts.built_school') is not null and"
        " to_regclass('gate.indicator_value') is not null from quality.run where built_from is not null order"
        " by started_at desc limit 1"
    ).fetchone()
    return (
        row is None
        or not row[1]
        or row[0] != built_from(connection)
        or schools_to_count(connection, models) > 0
    )


BROKEN_OFF = ""
"""What a build was made from that has begun and not ended."""


NOT_YET_SEEN = "not yet seen: "
"""Before what a build was made from, until schools see what it made."""


def end_build(connection: psycopg.Connection[Any], run_id: str) -> None:
    """Schools see what the run built: nothing of it is left to be done."""
    connection.execute(
        "update quality.run set built_from = substr(built_from, %s) where run_id = %s and"
        " starts_with(built_from, %s)",
        (len(NOT_YET_SEEN) + 1, run_id, NOT_YET_SEEN),
    )


def write_built_from(connection: psycopg.Connection[Any], run_id: str, fingerprint: str) -> None:
    """A build has begun (`BROKEN_OFF`) or has ended."""
    connection.execute("update quality.run set built_from = %s where run_id = %s", (fingerprint, run_id))


def _one(connection: psycopg.Connection[Any], query: str) -> list[str]:
    row = connection.execute(query.encode()).fetchone()
    return [str(row[0]) if row else ""]
