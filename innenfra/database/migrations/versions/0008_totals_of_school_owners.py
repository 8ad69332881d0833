"""Totals of school owners among what releases showed: the comment on the level names them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.alter_column(
        "past_value",
        "unit_level",
        existing_type=sa.Text(),
        existing_nullable=False,
        schema="published",
        comment="school, pool, municipality, county, school_owner, institution or network.",
        existing_comment="school, pool, municipality, county, institution or network.",
    )
