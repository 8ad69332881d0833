"""What is kept of strangers' words is masked and cut: the comments on the columns say so, and on codes that
have a list."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COMMENTS = (
    (
        "inbox",
        "file",
        "file_name",
        sa.Text(),
        False,
        "Name as delivered, without folders.",
        "Name as delivered, without folders, masked and cut; […] where the file was erased.",
    ),
    (
        "landed",
        "held_back_row",
        "row_values",
        postgresql.JSONB(),
        False,
        "The row as delivered, by column name.",
        (
            "The row by column name; what breaks the rules of its column is masked and cut. Empty where the"
            " file was erased."
        ),
    ),
    (
        "quality",
        "finding",
        "value_shown",
        sa.Text(),
        True,
        "What was found, as the sender wrote it.",
        "What was found, as the sender wrote it, masked and cut; empty where the file was erased.",
    ),
    (
        "landed",
        "mirror_item",
        "topic_code",
        sa.Text(),
        True,
        "Topic of the item, in the partnership's own codes.",
        "Topic of the item; the partnership's own topics begin with local.",
    ),
    (
        "landed",
        "note",
        "code",
        sa.Text(),
        False,
        "What the note is about; for a change phase the phase itself.",
        (
            "What the note is about; for a phase the phase itself, for a subject of input one of the list or"
            " one that begins with local."
        ),
    ),
)


def upgrade() -> None:
    """Bring the database forward."""
    for schema, table, column, kind, nullable, before, after in COMMENTS:
        op.alter_column(
            table,
            column,
            existing_type=kind,
            existing_nullable=nullable,
            schema=schema,
            comment=after,
            existing_comment=before,
        )
