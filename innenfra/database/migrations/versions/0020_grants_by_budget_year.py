"""What owners and institutions tell of grants, by budget year; people of a county."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

AMOUNTS = {
    "granted": "What the owner was granted, in kroner.",
    "needs_year_1": "What was applied for for the year, in kroner.",
    "needs_year_2": "What was applied for for the year after, in kroner.",
    "needs_year_3": "What was applied for for the third year, in kroner.",
    "own_share_time": "Own share delivered as working time, in kroner.",
    "own_share_substitutes": "Own share delivered as substitutes, in kroner.",
    "own_share_money": "Own share delivered as money, in kroner.",
}


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "grant_year",
        sa.Column("owner_id", sa.Text(), nullable=False, comment="The school owner."),
        sa.Column(
            "budget_year", sa.Integer(), nullable=False, comment="Calendar year, where money is meant."
        ),
        sa.Column(
            "scheme_code",
            sa.Text(),
            nullable=False,
            comment="Grant scheme, as docs/reference/schemes.md names it.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Partnership that the grant is for."
        ),
        sa.Column(
            "reported_by", sa.Text(), nullable=False, comment="Who tells: school_owner or institution."
        ),
        sa.Column(
            "reported_on",
            sa.Date(),
            nullable=False,
            comment="Day on which it was told; the newest counts.",
        ),
        sa.Column(
            "decided_on",
            sa.Date(),
            nullable=True,
            comment="Day of the decision; the rule of own share on that day counts.",
        ),
        *(
            sa.Column(name, sa.Numeric(precision=14, scale=2), nullable=True, comment=meaning)
            for name, meaning in AMOUNTS.items()
        ),
        sa.Column(
            "coordinator",
            sa.Text(),
            nullable=True,
            comment="Whether somebody coordinates: yes, no or unknown; never who.",
        ),
        sa.CheckConstraint(
            "reported_by in ('school_owner', 'institution')", name=op.f("ck_grant_year_reported_by")
        ),
        sa.CheckConstraint("budget_year between 2000 and 2100", name=op.f("ck_grant_year_budget_year")),
        sa.CheckConstraint(
            "coordinator in ('yes', 'no', 'unknown')", name=op.f("ck_grant_year_coordinator")
        ),
        *(sa.CheckConstraint(f"{name} >= 0", name=op.f(f"ck_grant_year_{name}")) for name in AMOUNTS),
        sa.PrimaryKeyConstraint(
            "owner_id", "budget_year", "scheme_code", "partnership_id", "reported_by", "reported_on",
            name=op.f("pk_grant_year"),
        ),
        schema="register",
        comment=(
            "What an owner and an institution each tell of a grant, by budget year, scheme and partnership:"
            " from a file, or written in the app."
        ),
    )  # fmt: skip
    for table, name, condition in (
        (
            "role_grant",
            "role",
            "role in ('university', 'school_owner', 'school', 'county', 'coder', 'engineer')",
        ),
        (
            "role_grant",
            "scope",
            "(role, scope_type) in (('university', 'institution'), ('school_owner', 'owner'), ('school',"
            " 'school'), ('county', 'county'), ('coder', 'school'), ('coder', 'all'), ('engineer', 'all'))",
        ),
    ):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, schema="authz", type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition, schema="authz")
    for column, comment in (
        ("role", "university, school_owner, school, county, coder or engineer."),
        ("scope_type", "institution, owner, school, county or all."),
        ("scope_id", "The institution, owner, school or county (its number); all for everything."),
    ):
        op.alter_column("role_grant", column, comment=comment, schema="authz")
    op.alter_column(
        "total_reader", "role", comment="university, school_owner, school or county.", schema="published"
    )
    op.create_table_comment(
        "role_grant",
        "Roles of people, each for one institution, owner, school or county, and for a time.",
        schema="authz",
    )
