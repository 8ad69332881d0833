"""Arenas, links between them, and development areas."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table('agreement_arena',
    sa.Column('agreement_id', sa.Text(), nullable=False, comment='Code of the agreement.'),
    sa.Column('version_no', sa.Integer(), nullable=False, comment='Version of the agreement, from 1.'),
    sa.Column('arena', sa.Text(), nullable=False, comment='The arena.'),
    sa.Column('school_id', sa.Text(), nullable=False, comment='Organisation number of the school that the delivery is for.'),
    sa.Column('period', sa.Text(), nullable=False, comment='What the row was delivered for: all, a school year, a loop, or both.'),
    sa.Column('file_id', sa.BigInteger(), nullable=False, comment='The delivered file the row came from.'),
    sa.Column('row_number', sa.Integer(), nullable=False, comment="Row number as the sender's spreadsheet shows it."),
    sa.PrimaryKeyConstraint('school_id', 'file_id', 'row_number', name=op.f('pk_agreement_arena')),
    schema='landed',
    comment='Arenas that one version of an agreement foresees.'
    )
    op.create_table('arena_link',
    sa.Column('school_id', sa.Text(), nullable=False, comment='Organisation number of the school, as text with all nine digits.'),
    sa.Column('partnership_id', sa.Text(), nullable=False, comment='Code of the partnership, as registered.'),
    sa.Column('loop_no', sa.Integer(), nullable=False, comment='Number of the loop, consecutive from 1 within school and partnership.'),
    sa.Column('from_arena', sa.Text(), nullable=False, comment='Arena that something is carried from.'),
    sa.Column('to_arena', sa.Text(), nullable=False, comment='Arena that it is carried to.'),
    sa.Column('period', sa.Text(), nullable=False, comment='What the row was delivered for: all, a school year, a loop, or both.'),
    sa.Column('file_id', sa.BigInteger(), nullable=False, comment='The delivered file the row came from.'),
    sa.Column('row_number', sa.Integer(), nullable=False, comment="Row number as the sender's spreadsheet shows it."),
    sa.PrimaryKeyConstraint('school_id', 'file_id', 'row_number', name=op.f('pk_arena_link')),
    schema='landed',
    comment='Links that were made between arenas in a loop: something found in one was carried into another.'
    )
    op.create_table('development_area',
    sa.Column('school_id', sa.Text(), nullable=False, comment='Organisation number of the school, as text with all nine digits.'),
    sa.Column('partnership_id', sa.Text(), nullable=False, comment='Code of the partnership, as registered.'),
    sa.Column('area_id', sa.Text(), nullable=False, comment='Code of the area, never reused.'),
    sa.Column('scope', sa.Text(), nullable=False, comment='Whether the whole school shares the area.'),
    sa.Column('origin', sa.Text(), nullable=False, comment='Where the choice of the area came from.'),
    sa.Column('origin_agreed_by_both', sa.Text(), nullable=True, comment='Whether school and teacher educators agree on the origin.'),
    sa.Column('first_loop_no', sa.Integer(), nullable=False, comment='First loop in which the area was worked on.'),
    sa.Column('last_loop_no', sa.Integer(), nullable=True, comment='Last loop; empty means that it goes on.'),
    sa.Column('period', sa.Text(), nullable=False, comment='What the row was delivered for: all, a school year, a loop, or both.'),
    sa.Column('file_id', sa.BigInteger(), nullable=False, comment='The delivered file the row came from.'),
    sa.Column('row_number', sa.Integer(), nullable=False, comment="Row number as the sender's spreadsheet shows it."),
    sa.PrimaryKeyConstraint('school_id', 'file_id', 'row_number', name=op.f('pk_development_area')),
    schema='landed',
    comment='What the school works on over its loops, and where the choice came from.'
    )
    op.create_table('expected_arena_link',
    sa.Column('school_id', sa.Text(), nullable=False, comment='Organisation number of the school, as text with all nine digits.'),
    sa.Column('model_version', sa.Integer(), nullable=False, comment="Version of the school's model, from 1."),
    sa.Column('from_arena', sa.Text(), nullable=False, comment='Arena that something is carried from.'),
    sa.Column('to_arena', sa.Text(), nullable=False, comment='Arena that it is carried to.'),
    sa.Column('first_loop_no', sa.Integer(), nullable=False, comment='First loop in which the model is in force.'),
    sa.Column('last_loop_no', sa.Integer(), nullable=True, comment='Last loop in which it is in force; empty means that it still is.'),
    sa.Column('period', sa.Text(), nullable=False, comment='What the row was delivered for: all, a school year, a loop, or both.'),
    sa.Column('file_id', sa.BigInteger(), nullable=False, comment='The delivered file the row came from.'),
    sa.Column('row_number', sa.Integer(), nullable=False, comment="Row number as the sender's spreadsheet shows it."),
    sa.PrimaryKeyConstraint('school_id', 'file_id', 'row_number', name=op.f('pk_expected_arena_link')),
    schema='landed',
    comment="The school's own model of how its arenas feed each other, arrow by arrow, for the loops in which it is in force."
    )
