"""Who reads what follows the audience of each measure; functions that asked for classes are gone."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward. Policies that asked them are made anew after the migrations."""
    op.execute("drop function if exists authz.visible_classes() cascade")
    op.execute("drop function if exists authz.hidden_indicators() cascade")
