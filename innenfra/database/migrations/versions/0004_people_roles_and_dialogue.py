"""People, roles and dialogue."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "access_policy",
        sa.Column(
            "policy_version",
            sa.Integer(),
            nullable=False,
            comment="Version of the policy; the highest counts.",
        ),
        sa.Column(
            "member_check_days",
            sa.Integer(),
            nullable=False,
            comment="Days after a release in which the school's leadership sees its values before others do.",
        ),
        sa.Column(
            "university_keeps_history",
            sa.Boolean(),
            nullable=False,
            comment="Whether a university still sees a school after their agreement has ended.",
        ),
        sa.PrimaryKeyConstraint("policy_version", name=op.f("pk_access_policy")),
        schema="authz",
        comment="What has been decided about access, as versions.",
    )
    op.create_table(
        "person",
        sa.Column(
            "subject",
            sa.Text(),
            nullable=False,
            comment="Issuer and subject of the login, as iss|sub; never an e-mail address.",
        ),
        sa.Column(
            "display_label",
            sa.Text(),
            nullable=False,
            comment="What the person is called on the list of people.",
        ),
        sa.Column(
            "active",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="Whether the person may see anything at all.",
        ),
        sa.Column(
            "added_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the person was added.",
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_person")),
        schema="authz",
        comment="People who may log in.",
    )
    op.create_table(
        "comment",
        sa.Column(
            "comment_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the comment.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column(
            "release_id",
            sa.Integer(),
            nullable=False,
            comment="Newest release that existed or was in preparation when it was seen.",
        ),
        sa.Column(
            "indicator_id", sa.Text(), nullable=True, comment="The indicator; empty for all indicators."
        ),
        sa.Column("period_type", sa.Text(), nullable=True, comment="Type of the period; empty for all."),
        sa.Column("period", sa.Text(), nullable=True, comment="The period; empty for all of its type."),
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
        sa.Column("comment", sa.Text(), nullable=False, comment="The comment, shown beside the number."),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment")),
        schema="dialogue",
        comment="The school's own comments beside its numbers; rows are only added.",
    )
    op.create_index(op.f("ix_comment_school_id"), "comment", ["school_id"], unique=False, schema="dialogue")
    op.create_table(
        "member_check",
        sa.Column(
            "member_check_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the member check; the highest counts.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column(
            "release_id",
            sa.Integer(),
            nullable=False,
            comment="Newest release that existed or was in preparation when it was seen.",
        ),
        sa.Column(
            "indicator_id", sa.Text(), nullable=True, comment="The indicator; empty for all indicators."
        ),
        sa.Column("period_type", sa.Text(), nullable=True, comment="Type of the period; empty for all."),
        sa.Column("period", sa.Text(), nullable=True, comment="The period; empty for all of its type."),
        sa.Column(
            "seen_on",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was seen.",
        ),
        sa.Column(
            "by_subject",
            sa.Text(),
            nullable=False,
            comment="Who saw it, as iss|sub; shown to nobody in the app.",
        ),
        sa.Column(
            "answer", sa.Text(), nullable=False, comment="recognised, partly, not_recognised or no_response."
        ),
        sa.Column("comment", sa.Text(), nullable=True, comment="The school's own words."),
        sa.CheckConstraint(
            "answer in ('recognised', 'partly', 'not_recognised', 'no_response')",
            name=op.f("ck_member_check_answer"),
        ),
        sa.PrimaryKeyConstraint("member_check_id", name=op.f("pk_member_check")),
        schema="dialogue",
        comment=(
            "What a school's leadership has seen of its own values, and whether it recognises itself; rows"
            " are only added."
        ),
    )
    op.create_index(
        op.f("ix_member_check_school_id"), "member_check", ["school_id"], unique=False, schema="dialogue"
    )
    op.create_table(
        "role_grant",
        sa.Column(
            "grant_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the grant.",
        ),
        sa.Column("subject", sa.Text(), nullable=False, comment="The person."),
        sa.Column(
            "role", sa.Text(), nullable=False, comment="university, school_owner, school, coder or engineer."
        ),
        sa.Column("scope_type", sa.Text(), nullable=False, comment="institution, owner, school or all."),
        sa.Column(
            "scope_id",
            sa.Text(),
            nullable=False,
            comment="The institution, owner or school; all for everything.",
        ),
        sa.Column(
            "valid_from",
            sa.Date(),
            server_default=sa.text("CURRENT_DATE"),
            nullable=False,
            comment="First day of the grant.",
        ),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="First day that no longer counts; empty while in force.",
        ),
        sa.CheckConstraint(
            "(role, scope_type) in (('university', 'institution'), ('school_owner', 'owner'), ('school',"
            " 'school'), ('coder', 'school'), ('coder', 'all'), ('engineer', 'all'))",
            name=op.f("ck_role_grant_scope"),
        ),
        sa.CheckConstraint(
            "role in ('university', 'school_owner', 'school', 'coder', 'engineer')",
            name=op.f("ck_role_grant_role"),
        ),
        sa.ForeignKeyConstraint(["subject"], ["authz.person.subject"], name=op.f("fk_role_grant_subject")),
        sa.PrimaryKeyConstraint("grant_id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "subject",
            "role",
            "scope_type",
            "scope_id",
            "valid_from",
            name=op.f("uq_role_grant_subject_role_scope_type_scope_id_valid_from"),
        ),
        schema="authz",
        comment="Roles of people, each for one institution, owner or school, and for a time.",
    )
    op.execute(
        "insert into authz.access_policy (policy_version, member_check_days, university_keeps_history) values"
        " (1, 14, false)"
    )
