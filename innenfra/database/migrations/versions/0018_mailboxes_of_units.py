"""Mailboxes of units, for reminders of what is missing."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "unit_address",
        sa.Column("role", sa.Text(), nullable=False, comment="Role that the mailbox is read in."),
        sa.Column("scope_id", sa.Text(), nullable=False, comment="Unit whose mailbox it is."),
        sa.Column("address", sa.Text(), nullable=False, comment="Mailbox of the role, never of a person."),
        sa.CheckConstraint(
            "role in ('university', 'school_owner', 'school')", name=op.f("ck_unit_address_role")
        ),
        sa.PrimaryKeyConstraint("role", "scope_id", name=op.f("pk_unit_address")),
        schema="authz",
        comment="Mailboxes of units, for reminders of what is missing.",
    )
