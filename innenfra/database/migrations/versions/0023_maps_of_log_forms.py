"""What the questions of exported log forms are, kept for the next round."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "form_map",
        sa.Column(
            "map_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the map; of a question the highest counts.",
        ),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school whose logs it reads.",
        ),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was confirmed.",
        ),
        sa.Column(
            "by_subject",
            sa.Text(),
            nullable=False,
            comment="Who confirmed it, as iss|sub; shown to nobody in the app.",
        ),
        sa.Column(
            "questions",
            postgresql.JSONB(),
            nullable=False,
            comment="Each question of the form, its item, its answers with their codes, and whether several"
            " can be ticked; never what anybody wrote.",
        ),
        sa.PrimaryKeyConstraint("map_id", name=op.f("pk_form_map")),
        schema="dialogue",
        comment="What the questions and answers of exported log forms are, confirmed once by who delivers"
        " them and kept for the next round; rows are only added.",
    )
    op.create_index(op.f("ix_form_map_school_id"), "form_map", ["school_id"], schema="dialogue")
