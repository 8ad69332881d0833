"""Alembic's entry: which tables, which database."""

from alembic import context

from innenfra.contracts.declare import SCHEMAS
from innenfra.database import tables
from innenfra.database.engine import engine


def include_name(name: str | None, type_: str, parent: dict) -> bool:
    """Only the schemas that migrations own; dbt's are dbt's."""
    return name in SCHEMAS if type_ == "schema" else True


with engine(context.config.attributes["url"]).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        include_schemas=True,
        include_name=include_name,
        compare_type=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()
