"""The day that a run's numbers are told as of is stored with the run."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward; earlier runs were as of the day on which they began."""
    op.add_column(
        "run",
        sa.Column(
            "as_of",
            sa.Date(),
            server_default=sa.text("(now() at time zone 'Europe/Oslo')::date"),
            comment="The day that numbers are told as of: what is not over then is still open.",
        ),
        schema="quality",
    )
    op.execute("update quality.run set as_of = (started_at at time zone 'Europe/Oslo')::date")
    op.alter_column("run", "as_of", nullable=False, schema="quality")
