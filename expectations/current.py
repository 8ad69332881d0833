"""Which deliveries count, before any model is built: the very SQL of the models, on what has landed.

Belongs here: that SQL with its sources named, and `quality.current_delivery`, which rules over several
deliveries look at. Does not belong here: how a delivery comes to count (`stg_current_delivery`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import psycopg
import sqlalchemy as sa

from innenfra.contracts.declare import delivered

MODELS = Path(__file__).parents[1] / "dbt_project" / "models"


@lru_cache
def query_of(model: str) -> str:
    """The query of a staging model that is made of landed tables alone; `%(schools)s` stands for the schools
    that are asked about."""
    text = next(MODELS.rglob(f"{model}.sql")).read_text()
    names: dict[str, Any] = {
        "config": lambda **_: "",
        "ref": lambda name: name,
        "source": lambda schema, name: f"{schema}.{name}",
        "rows_of": lambda name: (
            f"(select * from ({query_of(name)}) as it where school_id = any(%(schools)s))"
        ),
    }
    return jinja2.Environment(autoescape=False).from_string(text).render(names)


def write_current(connection: psycopg.Connection[Any], schools: Sequence[str]) -> None:
    """Work out which deliveries of these schools count now."""
    asked = {"schools": list(schools)}
    connection.execute("delete from quality.current_delivery where school_id = any(%(schools)s)", asked)
    names = "school_id, file_type, period, partnership_id, file_id, school_year, rows_landed"
    counting = query_of("stg_current_delivery")
    query = f"insert into quality.current_delivery ({names}) select {names} from ({counting}) as counting"
    connection.execute(query.encode(), asked)
    connection.execute("analyze quality.current_delivery")


def current_rows(table: sa.Table) -> str:
    """The rows of a landed table that count now, in brackets, for a `from`."""
    own = "partnership_id" in table.c
    of_partnership = " and delivery.partnership_id in ('', landed_row.partnership_id)" if own else ""
    return (
        f"(select landed_row.* from landed.{table.name} as landed_row where exists (select 1 from"
        " quality.current_delivery as delivery where delivery.school_id = landed_row.school_id and"
        f" delivery.file_type = '{delivered(table).file_type}' and delivery.file_id = landed_row.file_id and"
        f" delivery.period = landed_row.period{of_partnership}))"
    )
