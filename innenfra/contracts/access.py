"""Who may see what, and what people write in the app: tables of `authz` and `dialogue`.

Belongs here: people, roles with scopes, the policy of access, the log of exports, member checks and comments.
Does not belong here: the database's roles and row policies (`innenfra/database/access.py`).
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from innenfra.contracts.declare import metadata
from innenfra.contracts.words import code_list

ROLES = code_list(
    "role",
    university=("Universitet", "Universitet", "University"),
    school_owner=("Skoleeier", "Skuleeigar", "School owner"),
    school=("Skole", "Skule", "School"),
    county=("Fylke", "Fylke", "County"),
    coder=("Koder", "Kodar", "Coder"),
    engineer=("Drift", "Drift", "Operations"),
)
SCOPE_OF_ROLE = {
    "university": "institution",
    "school_owner": "owner",
    "school": "school",
    "county": "county",
    "coder": "school",
    "engineer": "all",
}
"""What a role is given for; a coder may also be given all schools."""

MEMBER_ANSWERS = code_list(
    "member_answer",
    recognised=("Vi kjenner oss igjen", "Vi kjenner oss att", "We recognise it"),
    partly=("Vi kjenner oss delvis igjen", "Vi kjenner oss delvis att", "We partly recognise it"),
    not_recognised=("Vi kjenner oss ikke igjen", "Vi kjenner oss ikkje att", "We do not recognise it"),
    no_response=("Ikke besvart", "Ikkje svart", "No response"),
)


def _in(name: str, codes: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{c}'" for c in codes)
    return f"{name} in ({listed})"


person = sa.Table(
    "person",
    metadata,
    sa.Column(
        "subject",
        sa.Text,
        primary_key=True,
        comment="Issuer and subject of the login, as iss|sub; never an e-mail address.",
    ),
    sa.Column(
        "display_label", sa.Text, nullable=False, comment="What the person is called on the list of people."
    ),
    sa.Column(
        "active",
        sa.Boolean,
        nullable=False,
        server_default=sa.true(),
        comment="Whether the person may see anything at all.",
    ),
    sa.Column(
        "added_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When the person was added.",
    ),
    schema="authz",
    comment="People who may log in.",
)

role_grant = sa.Table(
    "role_grant",
    metadata,
    sa.Column(
        "grant_id", sa.BigInteger, sa.Identity(always=True), primary_key=True, comment="Number of the grant."
    ),
    sa.Column("subject", sa.Text, sa.ForeignKey(person.c.subject), nullable=False, comment="The person."),
    sa.Column(
        "role",
        sa.Text,
        nullable=False,
        comment="university, school_owner, school, county, coder or engineer.",
    ),
    sa.Column("scope_type", sa.Text, nullable=False, comment="institution, owner, school, county or all."),
    sa.Column(
        "scope_id",
        sa.Text,
        nullable=False,
        comment="The institution, owner, school or county (its number); all for everything.",
    ),
    sa.Column(
        "valid_from",
        sa.Date,
        nullable=False,
        server_default=sa.func.current_date(),
        comment="First day of the grant.",
    ),
    sa.Column("valid_to", sa.Date, comment="First day that no longer counts; empty while in force."),
    sa.UniqueConstraint("subject", "role", "scope_type", "scope_id", "valid_from"),
    sa.CheckConstraint(_in("role", ROLES.codes), name="role"),
    sa.CheckConstraint(
        "(role, scope_type) in (('university', 'institution'), ('school_owner', 'owner'), ('school',"
        " 'school'), ('county', 'county'), ('coder', 'school'), ('coder', 'all'), ('engineer', 'all'))",
        name="scope",
    ),
    schema="authz",
    comment="Roles of people, each for one institution, owner, school or county, and for a time.",
)

access_policy = sa.Table(
    "access_policy",
    metadata,
    sa.Column(
        "policy_version", sa.Integer, primary_key=True, comment="Version of the policy; the highest counts."
    ),
    sa.Column(
        "member_check_days",
        sa.Integer,
        nullable=False,
        comment="Days after a release in which the school's leadership sees its values before others do.",
    ),
    sa.Column(
        "university_keeps_history",
        sa.Boolean,
        nullable=False,
        comment="Whether a university still sees a school after their agreement has ended.",
    ),
    sa.Column(
        "text_days",
        sa.Integer,
        nullable=False,
        server_default="365",
        comment="Days after a log round in which its open answers are kept.",
    ),
    sa.Column(
        "text_min_submissions",
        sa.Integer,
        nullable=False,
        server_default="10",
        comment="Fewest logs handed in from which a coder reads a round's open answers.",
    ),
    sa.Column(
        "verbatim_min_submissions",
        sa.Integer,
        nullable=False,
        server_default="20",
        comment="Fewest logs handed in from which a quote may be word for word.",
    ),
    schema="authz",
    comment="What has been decided about access and open answers, as versions.",
)

export_log = sa.Table(
    "export_log",
    metadata,
    sa.Column(
        "export_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the export.",
    ),
    sa.Column(
        "exported_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was taken out.",
    ),
    sa.Column("by_subject", sa.Text, nullable=False, comment="Who took it out, as iss|sub."),
    sa.Column("role", sa.Text, nullable=False, comment="Role in which it was asked for."),
    sa.Column("relation", sa.Text, nullable=False, comment="What was asked for."),
    sa.Column(
        "selection",
        postgresql.JSONB,
        nullable=False,
        comment="Which rows were asked for, by column; empty for all that the person may see.",
    ),
    sa.Column("file_format", sa.Text, nullable=False, comment="csv or xlsx."),
    sa.Column("release_id", sa.Integer, comment="Release that the rows are of; empty before the first."),
    sa.Column("rows_n", sa.Integer, nullable=False, comment="Rows in the file."),
    sa.Column("sha256", sa.Text, nullable=False, comment="Hash of the file's bytes."),
    schema="authz",
    comment="Every file taken out, by whom and what was in it; rows are only added.",
)


def _cell_columns() -> list[sa.Column[str] | sa.Column[int]]:
    return [
        sa.Column("school_id", sa.Text, nullable=False, comment="Organisation number of the school."),
        sa.Column(
            "release_id",
            sa.Integer,
            nullable=False,
            comment="Newest release that existed or was in preparation when it was seen.",
        ),
        sa.Column("indicator_id", sa.Text, comment="The indicator; empty for all indicators."),
        sa.Column("period_type", sa.Text, comment="Type of the period; empty for all."),
        sa.Column("period", sa.Text, comment="The period; empty for all of its type."),
    ]


member_check = sa.Table(
    "member_check",
    metadata,
    sa.Column(
        "member_check_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the member check; the highest counts.",
    ),
    *_cell_columns(),
    sa.Column(
        "seen_on",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was seen.",
    ),
    sa.Column(
        "by_subject", sa.Text, nullable=False, comment="Who saw it, as iss|sub; shown to nobody in the app."
    ),
    sa.Column(
        "answer", sa.Text, nullable=False, comment="recognised, partly, not_recognised or no_response."
    ),
    sa.Column("comment", sa.Text, comment="The school's own words."),
    sa.Index(None, "school_id"),
    sa.CheckConstraint(_in("answer", MEMBER_ANSWERS.codes), name="answer"),
    schema="dialogue",
    comment=(
        "What a school's leadership has seen of its own values, and whether it recognises itself; rows are"
        " only added."
    ),
)

comment = sa.Table(
    "comment",
    metadata,
    sa.Column(
        "comment_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the comment.",
    ),
    *_cell_columns(),
    sa.Column(
        "written_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was written.",
    ),
    sa.Column(
        "by_subject", sa.Text, nullable=False, comment="Who wrote it, as iss|sub; shown to nobody in the app."
    ),
    sa.Column("comment", sa.Text, nullable=False, comment="The comment, shown beside the number."),
    sa.Index(None, "school_id"),
    schema="dialogue",
    comment="The school's own comments beside its numbers; rows are only added.",
)


unit_address = sa.Table(
    "unit_address",
    metadata,
    sa.Column("role", sa.Text, primary_key=True, comment="Role that the mailbox is read in."),
    sa.Column("scope_id", sa.Text, primary_key=True, comment="Unit whose mailbox it is."),
    sa.Column("address", sa.Text, nullable=False, comment="Mailbox of the role, never of a person."),
    sa.CheckConstraint(_in("role", tuple(SCOPE_OF_ROLE)[:3]), name="role"),
    schema="authz",
    comment="Mailboxes of units, for reminders of what is missing.",
)

submission = sa.Table(
    "submission",
    metadata,
    sa.Column(
        "submission_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number on the receipt.",
    ),
    sa.Column(
        "sent_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was sent in.",
    ),
    sa.Column(
        "by_subject", sa.Text, nullable=False, comment="Who sent it, as iss|sub; shown to nobody in the app."
    ),
    sa.Column("role", sa.Text, nullable=False, comment="Role in which it was sent."),
    sa.Column("school_id", sa.Text, nullable=False, comment="Organisation number of the school it is for."),
    sa.Column("file_name", sa.Text, nullable=False, comment="What the sender called it, masked."),
    sa.Column(
        "sha256", sa.Text, nullable=False, comment="Hash of the bytes; by it the landed file is found."
    ),
    sa.Column(
        "rows_read", sa.Integer, nullable=False, comment="Rows read when it was checked before sending."
    ),
    sa.Column("rows_held_back", sa.Integer, nullable=False, comment="Rows of them that would be held back."),
    sa.Column(
        "taken_back_at",
        sa.DateTime(timezone=True),
        comment="When its sender took it back, before it was taken in; empty where nobody did.",
    ),
    sa.Index(None, "school_id"),
    sa.Index(None, "sha256"),
    schema="dialogue",
    comment="Deliveries sent in from the app, from the receipt on.",
)

finding_answer = sa.Table(
    "finding_answer",
    metadata,
    sa.Column(
        "answer_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the answer; the highest counts.",
    ),
    sa.Column("finding_id", sa.BigInteger, nullable=False, comment="The finding that is answered."),
    sa.Column("file_id", sa.BigInteger, nullable=False, comment="The file it was found in."),
    sa.Column(
        "written_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was written.",
    ),
    sa.Column(
        "by_subject", sa.Text, nullable=False, comment="Who wrote it, as iss|sub; shown to nobody in the app."
    ),
    sa.Column("words", sa.Text, nullable=False, comment="The school's own words: why it is right as it is."),
    sa.Index(None, "file_id"),
    schema="dialogue",
    comment="A school's answers to findings on its files, shown beside them; rows are only added.",
)

form_map = sa.Table(
    "form_map",
    metadata,
    sa.Column(
        "map_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the map; of a question the highest counts.",
    ),
    sa.Column(
        "school_id", sa.Text, nullable=False, comment="Organisation number of the school whose logs it reads."
    ),
    sa.Column(
        "written_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was confirmed.",
    ),
    sa.Column(
        "by_subject",
        sa.Text,
        nullable=False,
        comment="Who confirmed it, as iss|sub; shown to nobody in the app.",
    ),
    sa.Column(
        "questions",
        postgresql.JSONB,
        nullable=False,
        comment="Each question of the form, its item, its answers with their codes, and whether several can"
        " be ticked; never what anybody wrote.",
    ),
    sa.Index(None, "school_id"),
    schema="dialogue",
    comment="What the questions and answers of exported log forms are, confirmed once by who delivers them"
    " and kept for the next round; rows are only added.",
)
