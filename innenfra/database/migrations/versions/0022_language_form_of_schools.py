"""Language form of schools, in which their reports are written where nobody chooses."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.add_column(
        "school",
        sa.Column(
            "language_form",
            sa.Text(),
            nullable=True,
            comment="Language form of the school: nb or nn; empty if not known.",
        ),
        schema="register",
    )
    op.create_check_constraint(
        op.f("ck_school_language_form"), "school", "language_form in ('nb', 'nn')", schema="register"
    )
