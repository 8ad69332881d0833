"""Grants by budget year in files and in the app, needs of schools, people of a county."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
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


def _list_told(table: str) -> list[sa.Column[object] | sa.CheckConstraint]:
    return [
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
            "reported_by in ('school_owner', 'institution')", name=op.f(f"ck_{table}_reported_by")
        ),
        sa.CheckConstraint("budget_year between 2000 and 2100", name=op.f(f"ck_{table}_budget_year")),
        sa.CheckConstraint("coordinator in ('yes', 'no', 'unknown')", name=op.f(f"ck_{table}_coordinator")),
        *(sa.CheckConstraint(f"{name} >= 0", name=op.f(f"ck_{table}_{name}")) for name in AMOUNTS),
    ]


def _list_about() -> list[sa.Column[object]]:
    return [
        sa.Column(name, kind, nullable=False, comment=meaning)
        for name, kind, meaning in (
            ("owner_id", sa.Text(), "The school owner."),
            ("budget_year", sa.Integer(), "Calendar year, where money is meant."),
            ("scheme_code", sa.Text(), "Grant scheme, as docs/reference/schemes.md names it."),
            ("partnership_id", sa.Text(), "Partnership that the grant is for."),
            ("reported_by", sa.Text(), "Who tells: school_owner or institution."),
            ("reported_by_id", sa.Text(), "The owner or institution that tells."),
        )
    ]


def _list_stamps() -> list[sa.Column[object]]:
    return [
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was written.",
        ),
        sa.Column(
            "by_subject",
            sa.Text(),
            nullable=False,
            comment="Who wrote it, as iss|sub; shown to nobody in the app.",
        ),
    ]


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "grant_year",
        *_list_about(),
        sa.Column(
            "reported_on",
            sa.Date(),
            nullable=False,
            comment="Day on which it was told; the newest counts.",
        ),
        *_list_told("grant_year"),
        sa.PrimaryKeyConstraint(
            "owner_id",
            "budget_year",
            "scheme_code",
            "partnership_id",
            "reported_by",
            "reported_by_id",
            "reported_on",
            name=op.f("pk_grant_year"),
        ),
        schema="register",
        comment=(
            "What owners and institutions tell of grants in files, by budget year, scheme and partnership."
        ),
    )
    op.create_table(
        "grant_year",
        sa.Column(
            "grant_year_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of what was told; the highest of a teller counts.",
        ),
        *_list_about(),
        *_list_stamps(),
        *_list_told("grant_year"),
        sa.PrimaryKeyConstraint("grant_year_id", name=op.f("pk_grant_year")),
        schema="dialogue",
        comment="What owners and institutions write of grants in the app; rows are only added.",
    )
    op.create_index(op.f("ix_grant_year_owner_id"), "grant_year", ["owner_id"], schema="dialogue")
    op.create_table(
        "need",
        sa.Column(
            "need_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of what was stated; the highest of a kind counts.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        *_list_stamps(),
        sa.Column("school_year", sa.Text(), nullable=False, comment="School year that the need is of."),
        sa.Column(
            "need_type", sa.Text(), nullable=False, comment="What is needed, by the kinds of commitment."
        ),
        sa.Column(
            "text",
            sa.Text(),
            nullable=True,
            comment="The need in the school's own words; empty where only the kind was stated.",
        ),
        sa.Column(
            "still", sa.Boolean(), nullable=False, comment="Whether it is needed; false takes it back."
        ),
        sa.CheckConstraint(
            "need_type in ('team_time', 'dev_group_time', 'substitute_cover', 'plan_entry', 'log_collection',"
            " 'mirror_data', 'te_participation', 'input', 'evaluation', 'funding', 'other')",
            name=op.f("ck_need_need_type"),
        ),
        sa.CheckConstraint("school_year ~ '^20[0-9]{2}/[0-9]{2}$'", name=op.f("ck_need_school_year")),
        sa.CheckConstraint(
            "length(text) between 1 and 400 and text !~ '([0-9][ ./-]?){11}|@'", name=op.f("ck_need_text")
        ),
        sa.PrimaryKeyConstraint("need_id", name=op.f("pk_need")),
        schema="dialogue",
        comment="What a school tells its owner and partners that it needs; rows are only added.",
    )
    op.create_index(op.f("ix_need_school_id"), "need", ["school_id"], schema="dialogue")
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
