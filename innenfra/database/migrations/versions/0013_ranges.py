"""Room for the ends of a range, and for why a number is not shown, in what the release before shows."""

from alembic import op

revision = '0013_ranges'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward. The next release keeps totals from the relation as the one before left it."""
    for relation in ('indicator_value', 'school_indicator_value'):
        op.execute(
            f'alter table if exists published.{relation} add column if not exists numerator_high numeric,'
            ' add column if not exists value_high numeric, add column if not exists status_reason text'
        )
