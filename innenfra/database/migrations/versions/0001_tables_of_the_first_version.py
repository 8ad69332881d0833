"""Tables of the first version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

SCHEMAS = ("inbox", "landed", "restricted", "quality", "register", "authz", "dialogue", "published")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    for schema in SCHEMAS:
        op.execute(f"create schema if not exists {schema}")
    op.create_table(
        "file",
        sa.Column(
            "file_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number given when the file was registered.",
        ),
        sa.Column(
            "sha256",
            sa.Text(),
            nullable=False,
            comment="Hash of the delivered bytes; the same bytes for the same school are not a new file.",
        ),
        sa.Column("file_name", sa.Text(), nullable=False, comment="Name as delivered, without folders."),
        sa.Column(
            "format",
            sa.Text(),
            nullable=True,
            comment="Code of the format the file was read as; empty where it was not recognised.",
        ),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False, comment="Size of the delivered bytes."),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=True,
            comment="School the file is for; empty where the file does not say and could not be read.",
        ),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the file was registered.",
        ),
        sa.Column(
            "received_by", sa.Text(), nullable=False, comment="How it came in: inbox, upload or command."
        ),
        sa.Column("status", sa.Text(), nullable=False, comment="landed, partly_landed or rejected."),
        sa.Column("rows_read", sa.Integer(), nullable=False, comment="Rows read from the file."),
        sa.Column("rows_landed", sa.Integer(), nullable=False, comment="Rows that landed."),
        sa.Column(
            "rows_held_back", sa.Integer(), nullable=False, comment="Rows held back with a finding each."
        ),
        sa.Column(
            "store_path", sa.Text(), nullable=False, comment="Where the bytes are in the object store."
        ),
        sa.CheckConstraint("status in ('landed', 'partly_landed', 'rejected')", name=op.f("ck_file_status")),
        sa.CheckConstraint("rows_read = rows_landed + rows_held_back", name=op.f("ck_file_nothing_vanishes")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file")),
        sa.UniqueConstraint(
            "sha256", "school_id", name=op.f("uq_file_sha256_school_id"), postgresql_nulls_not_distinct=True
        ),
        schema="inbox",
        comment="Delivered files, one row each; a file is never overwritten.",
    )
    op.create_table(
        "agreement_commitment",
        sa.Column("agreement_id", sa.Text(), nullable=False, comment="Code of the agreement."),
        sa.Column("version_no", sa.Integer(), nullable=False, comment="Version of the agreement, from 1."),
        sa.Column(
            "commitment_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the commitment within the version.",
        ),
        sa.Column("party", sa.Text(), nullable=False, comment="The party that is committed."),
        sa.Column("commitment_type", sa.Text(), nullable=False, comment="What the commitment is about."),
        sa.Column("quantity", sa.Numeric(), nullable=True, comment="How much."),
        sa.Column("unit", sa.Text(), nullable=True, comment="Unit of the quantity."),
        sa.Column("per", sa.Text(), nullable=True, comment="What the quantity is counted per."),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school that the delivery is for.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_agreement_commitment")),
        schema="landed",
        comment="What each party commits itself to in one version of an agreement.",
    )
    op.create_table(
        "agreement_plan_year",
        sa.Column("agreement_id", sa.Text(), nullable=False, comment="Code of the agreement."),
        sa.Column("version_no", sa.Integer(), nullable=False, comment="Version of the agreement, from 1."),
        sa.Column(
            "partnership_year_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the partnership year; 0 is the time before the start.",
        ),
        sa.Column(
            "planned_loops",
            sa.Integer(),
            nullable=False,
            comment="Number of loops planned for the partnership year.",
        ),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school that the delivery is for.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_agreement_plan_year")),
        schema="landed",
        comment="Loops planned per partnership year in one version of an agreement.",
    )
    op.create_table(
        "agreement_version",
        sa.Column("agreement_id", sa.Text(), nullable=False, comment="Code of the agreement."),
        sa.Column("version_no", sa.Integer(), nullable=False, comment="Version of the agreement, from 1."),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column(
            "institution_ids",
            sa.Text(),
            nullable=False,
            comment="Codes of the universities that are parties, separated by spaces.",
        ),
        sa.Column(
            "owner_is_party",
            sa.Text(),
            nullable=True,
            comment="Whether the school owner is a party; empty means that it is not known.",
        ),
        sa.Column(
            "signed_on",
            sa.Date(),
            nullable=True,
            comment="Date of signature; empty means that it is not known.",
        ),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day the version is in force."),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="Last day the version is in force; empty means until further notice.",
        ),
        sa.Column("has_goals", sa.Text(), nullable=False, comment="Whether the agreement states goals."),
        sa.Column("has_frames", sa.Text(), nullable=False, comment="Whether the agreement states frames."),
        sa.Column("has_roles", sa.Text(), nullable=False, comment="Whether the agreement states roles."),
        sa.Column(
            "has_organisation",
            sa.Text(),
            nullable=False,
            comment="Whether the agreement states the organisation.",
        ),
        sa.Column(
            "planned_years", sa.Numeric(), nullable=False, comment="Planned length of the partnership."
        ),
        sa.Column("change_reason", sa.Text(), nullable=False, comment="Why this version was made."),
        sa.Column(
            "change_basis_ref",
            sa.Text(),
            nullable=True,
            comment="Meeting or decision that the change rests on.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_agreement_version")),
        schema="landed",
        comment=(
            "Versions of a written agreement; an amendment is a new version and never overwrites the old one."
        ),
    )
    op.create_table(
        "commitment_review",
        sa.Column("agreement_id", sa.Text(), nullable=False, comment="Code of the agreement."),
        sa.Column("version_no", sa.Integer(), nullable=False, comment="Version of the agreement, from 1."),
        sa.Column(
            "commitment_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the commitment within the version.",
        ),
        sa.Column("school_year", sa.Text(), nullable=False, comment="School year, written as 2025/26."),
        sa.Column("assessed_by", sa.Text(), nullable=False, comment="The party that made the assessment."),
        sa.Column("result", sa.Text(), nullable=False, comment="The assessment."),
        sa.Column("assessed_on", sa.Date(), nullable=True, comment="Date of the assessment."),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school that the delivery is for.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_commitment_review")),
        schema="landed",
        comment="How a party assesses whether a commitment was kept in a school year.",
    )
    op.create_table(
        "decision",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column("decision_id", sa.Text(), nullable=False, comment="Code of the decision."),
        sa.Column("decided_on", sa.Date(), nullable=False, comment="Date of the decision."),
        sa.Column("meeting_id", sa.Text(), nullable=True, comment="Meeting in which it was decided."),
        sa.Column("decision_type", sa.Text(), nullable=False, comment="What the decision is about."),
        sa.Column("proposed_by", sa.Text(), nullable=False, comment="Who proposed it."),
        sa.Column("decided_by", sa.Text(), nullable=False, comment="Who decided it."),
        sa.Column(
            "based_on", sa.Text(), nullable=True, comment="What it rests on; several are separated by spaces."
        ),
        sa.Column("mirror_id", sa.Text(), nullable=True, comment="Mirror item that led to it."),
        sa.Column(
            "effective_loop_no", sa.Integer(), nullable=True, comment="First loop in which it takes effect."
        ),
        sa.Column(
            "confirmed_by_both", sa.Text(), nullable=True, comment="Whether both parties confirm the record."
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_decision")),
        schema="landed",
        comment="Choices and decisions: who proposed, who decided, and on what basis.",
    )
    op.create_table(
        "log_count",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column(
            "loop_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the loop, consecutive from 1 within school and partnership.",
        ),
        sa.Column(
            "round_no", sa.Integer(), nullable=False, comment="Number of the log round within the loop."
        ),
        sa.Column("log_instrument_version_id", sa.Text(), nullable=False, comment="Version of the log form."),
        sa.Column(
            "invited_n",
            sa.Integer(),
            nullable=False,
            comment="Number of people invited to answer: a headcount, never a list.",
        ),
        sa.Column("submitted_n", sa.Integer(), nullable=False, comment="Number of logs handed in."),
        sa.Column(
            "collection_mode",
            sa.Text(),
            nullable=False,
            comment="How the logs were collected; modes are not compared.",
        ),
        sa.Column("item_id", sa.Text(), nullable=False, comment="Code of the log item."),
        sa.Column(
            "answer_code",
            sa.Text(),
            nullable=False,
            comment="Code of the answer; no_answer for those who left the item empty.",
        ),
        sa.Column("n", sa.Integer(), nullable=False, comment="Number of logs with this answer."),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_log_count")),
        schema="landed",
        comment="Answers to closed log items as counts per school, loop, round, item and answer.",
    )
    op.create_table(
        "log_round",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column(
            "loop_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the loop, consecutive from 1 within school and partnership.",
        ),
        sa.Column(
            "round_no", sa.Integer(), nullable=False, comment="Number of the log round within the loop."
        ),
        sa.Column("log_instrument_version_id", sa.Text(), nullable=False, comment="Version of the log form."),
        sa.Column(
            "invited_n",
            sa.Integer(),
            nullable=False,
            comment="Number of people invited to answer: a headcount, never a list.",
        ),
        sa.Column("submitted_n", sa.Integer(), nullable=False, comment="Number of logs handed in."),
        sa.Column(
            "collection_mode",
            sa.Text(),
            nullable=False,
            comment="How the logs were collected; modes are not compared.",
        ),
        sa.Column(
            "round_week", sa.Text(), nullable=True, comment="ISO week of the round, never of a single answer."
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_log_round")),
        schema="landed",
        comment=(
            "Log rounds: how many were invited and how many handed in; goes with a form export that does not"
            " say so itself."
        ),
    )
    op.create_table(
        "loop",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column(
            "loop_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the loop, consecutive from 1 within school and partnership.",
        ),
        sa.Column(
            "method",
            sa.Text(),
            nullable=False,
            comment="Method of the loop; unlike methods are never pooled.",
        ),
        sa.Column("school_year", sa.Text(), nullable=False, comment="School year, written as 2025/26."),
        sa.Column(
            "partnership_year_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the partnership year; 0 is the time before the start.",
        ),
        sa.Column("planned_start", sa.Date(), nullable=False, comment="Planned first day."),
        sa.Column("planned_end", sa.Date(), nullable=False, comment="Planned last day."),
        sa.Column("actual_start", sa.Date(), nullable=True, comment="First day; empty until known."),
        sa.Column("actual_end", sa.Date(), nullable=True, comment="Last day; empty until known."),
        sa.Column("status", sa.Text(), nullable=False, comment="Where the loop stands."),
        sa.Column("design_version", sa.Text(), nullable=False, comment="Version of the loop's design."),
        sa.Column(
            "plan_planning_min",
            sa.Integer(),
            nullable=False,
            comment="Minutes set aside for planning in the team.",
        ),
        sa.Column(
            "plan_research_lesson_min",
            sa.Integer(),
            nullable=False,
            comment="Minutes set aside for the research lesson.",
        ),
        sa.Column(
            "plan_evaluation_min",
            sa.Integer(),
            nullable=False,
            comment="Minutes set aside for evaluation in the team.",
        ),
        sa.Column(
            "plan_full_staff_sharing_min",
            sa.Integer(),
            nullable=True,
            comment="Minutes set aside for sharing in the full staff; empty means not in the design.",
        ),
        sa.Column(
            "plan_joint_theorisation_min",
            sa.Integer(),
            nullable=True,
            comment="Minutes set aside for joint theorisation; empty means not in the design.",
        ),
        sa.Column(
            "template_status", sa.Text(), nullable=False, comment="Whether a process template was used."
        ),
        sa.Column(
            "template_version_id", sa.Text(), nullable=True, comment="Version of the process template."
        ),
        sa.Column("log_instrument_version_id", sa.Text(), nullable=True, comment="Version of the log form."),
        sa.Column(
            "collective_area_ids",
            sa.Text(),
            nullable=True,
            comment="Codes of the collective development areas, separated by spaces.",
        ),
        sa.Column(
            "loop_goal", sa.Text(), nullable=True, comment="The school's goal for the loop, without persons."
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_loop")),
        schema="landed",
        comment="Loops of the school: when, by which design, and whether they were completed.",
    )
    op.create_table(
        "manifest",
        sa.Column("delivery_id", sa.Text(), nullable=False, comment="The sender's own id of the delivery."),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column("schema_version", sa.Text(), nullable=False, comment="Version of the delivery template."),
        sa.Column("file_type", sa.Text(), nullable=False, comment="Technical name of the file or sheet."),
        sa.Column("school_year", sa.Text(), nullable=False, comment="School year, written as 2025/26."),
        sa.Column(
            "loop_no",
            sa.Integer(),
            nullable=True,
            comment="Number of the loop, consecutive from 1 within school and partnership.",
        ),
        sa.Column(
            "completeness", sa.Text(), nullable=False, comment="Whether all is there, and if not, why."
        ),
        sa.Column(
            "supersedes_delivery_id",
            sa.Text(),
            nullable=True,
            comment="The earlier delivery that this one corrects.",
        ),
        sa.Column(
            "prepared_by_role",
            sa.Text(),
            nullable=False,
            comment="Role of those who filled in the delivery, never a name.",
        ),
        sa.Column(
            "assumed_columns",
            sa.Text(),
            nullable=True,
            comment="Columns of this file type whose values are assumed, not known; separated by spaces.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_manifest")),
        schema="landed",
        comment="What a delivery holds and for which period, one row per file type and period.",
    )
    op.create_table(
        "meeting",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column("meeting_id", sa.Text(), nullable=False, comment="Code of the meeting."),
        sa.Column("meeting_date", sa.Date(), nullable=False, comment="Date of the meeting."),
        sa.Column("arena", sa.Text(), nullable=False, comment="The arena the meeting belongs to."),
        sa.Column(
            "loop_no",
            sa.Integer(),
            nullable=True,
            comment="Number of the loop, consecutive from 1 within school and partnership.",
        ),
        sa.Column(
            "loop_relation",
            sa.Text(),
            nullable=False,
            comment="When the meeting was held, seen from the loop.",
        ),
        sa.Column(
            "minutes",
            sa.Integer(),
            nullable=False,
            comment="Length of the meeting, counted once however many teams were there.",
        ),
        sa.Column("group_format", sa.Text(), nullable=True, comment="How the participants were grouped."),
        sa.Column("teachers_n", sa.Integer(), nullable=True, comment="Number of teachers present."),
        sa.Column(
            "process_leaders_n", sa.Integer(), nullable=True, comment="Number of process leaders present."
        ),
        sa.Column("leaders_n", sa.Integer(), nullable=True, comment="Number of school leaders present."),
        sa.Column(
            "teacher_educators_n",
            sa.Integer(),
            nullable=False,
            comment="Number of teacher educators present.",
        ),
        sa.Column(
            "teams_represented_n",
            sa.Integer(),
            nullable=True,
            comment="Number of teams that were represented.",
        ),
        sa.Column(
            "te_mode", sa.Text(), nullable=False, comment="The teacher educators' part in the meeting."
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_meeting")),
        schema="landed",
        comment="Meetings, one row each, with headcounts per role and the arena they belong to.",
    )
    op.create_table(
        "meeting_activity",
        sa.Column("meeting_id", sa.Text(), nullable=False, comment="Code of the meeting."),
        sa.Column("activity_code", sa.Text(), nullable=False, comment="The activity."),
        sa.Column("led_by", sa.Text(), nullable=True, comment="Who led the activity."),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school that the delivery is for.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_meeting_activity")),
        schema="landed",
        comment="What was done in a meeting, one row per activity.",
    )
    op.create_table(
        "school_year",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column("school_year", sa.Text(), nullable=False, comment="School year, written as 2025/26."),
        sa.Column("year_start", sa.Date(), nullable=False, comment="First day of school."),
        sa.Column("year_end", sa.Date(), nullable=False, comment="Last day of school."),
        sa.Column(
            "partnership_year_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the partnership year; 0 is the time before the start.",
        ),
        sa.Column("teacher_n", sa.Integer(), nullable=False, comment="Number of teachers."),
        sa.Column(
            "leader_n", sa.Integer(), nullable=True, comment="Number of people in the school leadership."
        ),
        sa.Column("new_staff_n", sa.Integer(), nullable=True, comment="Number of newly employed staff."),
        sa.Column(
            "onboarding_held",
            sa.Text(),
            nullable=True,
            comment="Whether the work was presented to new staff this year.",
        ),
        sa.Column(
            "onboarding_attended_n",
            sa.Integer(),
            nullable=True,
            comment="Number of new staff who were there.",
        ),
        sa.Column("onboarding_by", sa.Text(), nullable=True, comment="Who presented the work to new staff."),
        sa.Column(
            "in_activity_plan",
            sa.Text(),
            nullable=False,
            comment="Whether the work is in the school's activity plan.",
        ),
        sa.Column(
            "in_meeting_plan",
            sa.Text(),
            nullable=False,
            comment="Whether the work is in the school's meeting plan.",
        ),
        sa.Column(
            "team_time_provided",
            sa.Text(),
            nullable=False,
            comment="Whether the agreed team time was provided.",
        ),
        sa.Column(
            "dev_group_time_provided",
            sa.Text(),
            nullable=False,
            comment="Whether the agreed meeting time of the development group was provided.",
        ),
        sa.Column(
            "substitute_cover_provided",
            sa.Text(),
            nullable=False,
            comment="Whether the agreed substitute cover was provided.",
        ),
        sa.Column(
            "principal_changed",
            sa.Text(),
            nullable=True,
            comment="Whether the school got a new principal this year.",
        ),
        sa.Column(
            "process_leaders_changed_n",
            sa.Integer(),
            nullable=True,
            comment="Number of new process leaders this year.",
        ),
        sa.Column(
            "concurrent_initiatives_n",
            sa.Integer(),
            nullable=True,
            comment="Number of other development initiatives imposed on the school.",
        ),
        sa.Column(
            "post_project_loops_n",
            sa.Integer(),
            nullable=True,
            comment="Loops after the end of the agreement, without teacher educators.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_school_year")),
        schema="landed",
        comment="Facts about the school in one school year: counts, plans and what was provided.",
    )
    op.create_table(
        "stated_total",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column(
            "measure", sa.Text(), nullable=False, comment="Indicator that the total answers, for example A4."
        ),
        sa.Column("period_type", sa.Text(), nullable=False, comment="Kind of period that the total covers."),
        sa.Column(
            "period_value",
            sa.Text(),
            nullable=False,
            comment="The period: a loop number, a school year, a partnership year, or all.",
        ),
        sa.Column("slice", sa.Text(), nullable=True, comment="What the total is about, as name=value pairs."),
        sa.Column(
            "numerator",
            sa.Numeric(),
            nullable=True,
            comment="The stated number; empty means that it is not known.",
        ),
        sa.Column("denominator", sa.Numeric(), nullable=True, comment="Out of how many."),
        sa.Column("source", sa.Text(), nullable=False, comment="Where it is stated."),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_stated_total")),
        schema="landed",
        comment=(
            "A total that the sender states without knowing how it is spread; used only where finer records"
            " are absent."
        ),
    )
    op.create_table(
        "team",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column("team_id", sa.Text(), nullable=False, comment="Code of the team, never reused."),
        sa.Column(
            "team_label",
            sa.Text(),
            nullable=True,
            comment="The team's name, for display inside the school only.",
        ),
        sa.Column("team_kind", sa.Text(), nullable=False, comment="What the team is organised around."),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day of the team."),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="Last day of the team; empty means that it is active.",
        ),
        sa.Column("change_type", sa.Text(), nullable=True, comment="What happened to the team."),
        sa.Column(
            "related_team_id",
            sa.Text(),
            nullable=True,
            comment="The other team of a merger or a split; repeat the row for several.",
        ),
        sa.Column(
            "has_dev_group_representative",
            sa.Text(),
            nullable=True,
            comment="Whether the team has a member in the development group.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_team")),
        schema="landed",
        comment="The school's teacher teams with their validity; an id is never used again.",
    )
    op.create_table(
        "team_loop",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column(
            "loop_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the loop, consecutive from 1 within school and partnership.",
        ),
        sa.Column("team_id", sa.Text(), nullable=False, comment="Code of the team, as in the team sheet."),
        sa.Column("status", sa.Text(), nullable=False, comment="Whether the team completed the loop."),
        sa.Column("headcount", sa.Integer(), nullable=False, comment="Number of participants."),
        sa.Column(
            "experienced_n",
            sa.Integer(),
            nullable=True,
            comment="Participants who took part in an earlier loop at this school.",
        ),
        sa.Column("planning_min", sa.Integer(), nullable=True, comment="Minutes used for planning."),
        sa.Column(
            "research_lesson_min",
            sa.Integer(),
            nullable=True,
            comment="Minutes used for the research lesson.",
        ),
        sa.Column("evaluation_min", sa.Integer(), nullable=True, comment="Minutes used for evaluation."),
        sa.Column(
            "research_lessons_held_n",
            sa.Integer(),
            nullable=False,
            comment="Number of research lessons held.",
        ),
        sa.Column("observers_n", sa.Integer(), nullable=True, comment="Number of observers."),
        sa.Column(
            "observation_focus_recorded",
            sa.Text(),
            nullable=True,
            comment="Whether the focus of observation was written down.",
        ),
        sa.Column(
            "goal_subject", sa.Text(), nullable=True, comment="Whether the team had a subject-specific goal."
        ),
        sa.Column(
            "goal_cross_curricular",
            sa.Text(),
            nullable=True,
            comment="Whether the team had a cross-curricular goal.",
        ),
        sa.Column(
            "goal_formulated_before_design",
            sa.Text(),
            nullable=True,
            comment="Whether the goal was formulated before the lesson was designed.",
        ),
        sa.Column(
            "te_in_planning",
            sa.Text(),
            nullable=False,
            comment="Whether a teacher educator was there during planning.",
        ),
        sa.Column(
            "te_in_evaluation",
            sa.Text(),
            nullable=False,
            comment="Whether a teacher educator was there during evaluation.",
        ),
        sa.Column(
            "te_in_research_lesson",
            sa.Text(),
            nullable=False,
            comment="Whether a teacher educator was there in the research lesson.",
        ),
        sa.Column(
            "te_agreed_with_process_leader",
            sa.Text(),
            nullable=True,
            comment="Whether the presence was agreed with the process leader.",
        ),
        sa.Column(
            "leader_present",
            sa.Text(),
            nullable=True,
            comment="Whether a school leader was there in planning or evaluation.",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_team_loop")),
        schema="landed",
        comment="Each team's part in a loop: headcounts and minutes, never names.",
    )
    op.create_table(
        "team_loop_phase",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column(
            "loop_no",
            sa.Integer(),
            nullable=False,
            comment="Number of the loop, consecutive from 1 within school and partnership.",
        ),
        sa.Column("team_id", sa.Text(), nullable=False, comment="Code of the team, as in the team sheet."),
        sa.Column(
            "template_version_id", sa.Text(), nullable=False, comment="Version of the process template."
        ),
        sa.Column("phase_no", sa.Integer(), nullable=False, comment="Number of the phase in that version."),
        sa.Column("used", sa.Text(), nullable=False, comment="Whether the team used the phase."),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What the row was delivered for: all, a school year, a loop, or both.",
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the row came from."
        ),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_team_loop_phase")),
        schema="landed",
        comment="Which phases of the process template a team used in a loop.",
    )
    op.create_table(
        "release",
        sa.Column(
            "release_id",
            sa.Integer(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the release.",
        ),
        sa.Column(
            "released_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was published; empty for a candidate.",
        ),
        sa.Column(
            "state",
            sa.Text(),
            server_default="candidate",
            nullable=False,
            comment="candidate, published or refused.",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="Note of the one who published."),
        sa.Column("run_id", sa.Text(), nullable=True, comment="Run that made it."),
        sa.Column("cells_shown", sa.Integer(), nullable=True, comment="Cells that show a number."),
        sa.Column("cells_pooled", sa.Integer(), nullable=True, comment="Cells shown only as part of a pool."),
        sa.Column("cells_withheld", sa.Integer(), nullable=True, comment="Cells that show nothing."),
        sa.Column(
            "audit",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Figures of the disclosure audit.",
        ),
        sa.CheckConstraint("state in ('candidate', 'published', 'refused')", name=op.f("ck_release_state")),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_release")),
        schema="published",
        comment="Releases: numbered snapshots of what the app may show.",
    )
    op.create_table(
        "check_result",
        sa.Column(
            "check_result_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the result.",
        ),
        sa.Column("run_id", sa.Text(), nullable=False, comment="Run in which the check was made."),
        sa.Column(
            "checked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the check was made.",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="contract, across, integrity or plausibility."),
        sa.Column("table_name", sa.Text(), nullable=False, comment="Table that was checked, with schema."),
        sa.Column("check_name", sa.Text(), nullable=False, comment="Name of the check."),
        sa.Column("passed", sa.Boolean(), nullable=False, comment="Whether nothing was found."),
        sa.Column("rows_checked", sa.BigInteger(), nullable=False, comment="Rows looked at."),
        sa.Column("rows_found", sa.BigInteger(), nullable=False, comment="Rows with a finding."),
        sa.Column("message_nb", sa.Text(), nullable=False, comment="What was checked, bokmål."),
        sa.Column("message_nn", sa.Text(), nullable=False, comment="What was checked, nynorsk."),
        sa.Column("message_en", sa.Text(), nullable=False, comment="What was checked, English."),
        sa.PrimaryKeyConstraint("check_result_id", name=op.f("pk_check_result")),
        schema="quality",
        comment="Results of checks, one row per check and run.",
    )
    op.create_table(
        "run",
        sa.Column("run_id", sa.Text(), nullable=False, comment="Dagster's run id, or the command's own."),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Start of the run.",
        ),
        sa.Column(
            "finished_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="End of the run; empty while it is going on or after a crash.",
        ),
        sa.Column("outcome", sa.Text(), nullable=True, comment="succeeded or failed."),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run")),
        schema="quality",
        comment="Runs of the job.",
    )
    op.create_table(
        "institution",
        sa.Column(
            "institution_id",
            sa.Text(),
            nullable=False,
            comment="Code of the university or university college.",
        ),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day of the version."),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="First day that no longer counts; empty while in force.",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name in this version."),
        sa.PrimaryKeyConstraint("institution_id", "valid_from", name=op.f("pk_institution")),
        schema="register",
        comment="Universities and university colleges as dated versions.",
    )
    op.create_table(
        "municipality",
        sa.Column(
            "municipality_no", sa.Text(), nullable=False, comment="Municipality number, four digits as text."
        ),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day of the version."),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="First day that no longer counts; empty while in force.",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name in this version."),
        sa.PrimaryKeyConstraint("municipality_no", "valid_from", name=op.f("pk_municipality")),
        schema="register",
        comment="Municipalities of KLASS 131 as dated versions.",
    )
    op.create_table(
        "municipality_change",
        sa.Column("changed_on", sa.Date(), nullable=False, comment="Day of the change."),
        sa.Column("from_no", sa.Text(), nullable=False, comment="Municipality number before."),
        sa.Column("from_name", sa.Text(), nullable=False, comment="Name before."),
        sa.Column("to_no", sa.Text(), nullable=False, comment="Municipality number after."),
        sa.Column("to_name", sa.Text(), nullable=False, comment="Name after."),
        sa.PrimaryKeyConstraint(
            "changed_on", "from_no", "from_name", "to_no", "to_name", name=op.f("pk_municipality_change")
        ),
        schema="register",
        comment="Changes between municipalities (KLASS 131): merge, split and renumber.",
    )
    op.create_table(
        "owner_succession",
        sa.Column("from_owner_id", sa.Text(), nullable=False, comment="The owner before."),
        sa.Column("to_owner_id", sa.Text(), nullable=False, comment="The owner after."),
        sa.Column("changed_on", sa.Date(), nullable=False, comment="Day of the change."),
        sa.Column("change_type", sa.Text(), nullable=False, comment="merge, split or renumber."),
        sa.PrimaryKeyConstraint(
            "from_owner_id", "to_owner_id", "changed_on", name=op.f("pk_owner_succession")
        ),
        schema="register",
        comment="Which owner followed which.",
    )
    op.create_table(
        "partnership",
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column("title", sa.Text(), nullable=False, comment="Title of the partnership."),
        sa.Column(
            "programme_code",
            sa.Text(),
            nullable=True,
            comment="Grant scheme or programme; empty where it is not known.",
        ),
        sa.Column("status", sa.Text(), nullable=False, comment="planned, running, ended or withdrawn."),
        sa.Column("started_on", sa.Date(), nullable=True, comment="First day, where known."),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="Last day, where known."),
        sa.PrimaryKeyConstraint("partnership_id", name=op.f("pk_partnership")),
        schema="register",
        comment="Partnerships between schools and universities.",
    )
    op.create_table(
        "partnership_party",
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column("party_id", sa.Text(), nullable=False, comment="Institution or owner."),
        sa.Column("party_type", sa.Text(), nullable=False, comment="institution or school_owner."),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day of the version."),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="First day that no longer counts; empty while in force.",
        ),
        sa.PrimaryKeyConstraint(
            "partnership_id", "party_id", "valid_from", name=op.f("pk_partnership_party")
        ),
        schema="register",
        comment="Universities and owners that are parties to a partnership, many to many.",
    )
    op.create_table(
        "partnership_school",
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("invited", sa.Boolean(), nullable=False, comment="Whether the school was invited."),
        sa.Column(
            "accepted",
            sa.Boolean(),
            nullable=True,
            comment="Whether the school accepted; empty where it is not known.",
        ),
        sa.Column("joined_on", sa.Date(), nullable=True, comment="First day, where known."),
        sa.Column("left_on", sa.Date(), nullable=True, comment="Last day, where the school left."),
        sa.PrimaryKeyConstraint("partnership_id", "school_id", name=op.f("pk_partnership_school")),
        schema="register",
        comment="Schools of a partnership, also those that were invited and never delivered anything.",
    )
    op.create_table(
        "school",
        sa.Column(
            "school_id", sa.Text(), nullable=False, comment="Organisation number, nine digits as text."
        ),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day of the version."),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="First day that no longer counts; empty while in force.",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name of the school in this version."),
        sa.Column("owner_id", sa.Text(), nullable=False, comment="The school owner in this version."),
        sa.Column(
            "municipality_no",
            sa.Text(),
            nullable=False,
            comment="Municipality number in this version, four digits as text.",
        ),
        sa.Column(
            "school_code",
            sa.Text(),
            nullable=False,
            comment="Short code by which pages order schools; says nothing about results.",
        ),
        sa.Column(
            "small_school",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Whether grades share teams (fådelt), so that arenas collapse into each other.",
        ),
        sa.PrimaryKeyConstraint("school_id", "valid_from", name=op.f("pk_school")),
        schema="register",
        comment="Schools as dated versions, one row per school and version.",
    )
    op.create_table(
        "school_owner",
        sa.Column("owner_id", sa.Text(), nullable=False, comment="Organisation number of the owner."),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day of the version."),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="First day that no longer counts; empty while in force.",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name of the owner in this version."),
        sa.Column("owner_type", sa.Text(), nullable=False, comment="municipality, county or private."),
        sa.Column(
            "municipality_no", sa.Text(), nullable=True, comment="Municipality number of a municipal owner."
        ),
        sa.PrimaryKeyConstraint("owner_id", "valid_from", name=op.f("pk_school_owner")),
        schema="register",
        comment="School owners as dated versions.",
    )
    op.create_table(
        "log_text",
        sa.Column(
            "text_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number given in shuffled order; says nothing about who or when.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the answer came from."
        ),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column("loop_no", sa.Integer(), nullable=False, comment="Number of the loop."),
        sa.Column(
            "round_no", sa.Integer(), nullable=False, comment="Number of the log round within the loop."
        ),
        sa.Column("item_id", sa.Text(), nullable=False, comment="Code of the log item."),
        sa.Column(
            "answer",
            sa.Text(),
            nullable=False,
            comment="The open answer, structured identifiers masked before the first write.",
        ),
        sa.Column("delete_after", sa.Date(), nullable=False, comment="Retention date of the round."),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_log_text")),
        schema="restricted",
        comment="Open log answers, one row per answer, with no key that joins two answers of one respondent.",
    )
    op.create_index(
        op.f("ix_log_text_school_id_partnership_id_loop_no_round_no"),
        "log_text",
        ["school_id", "partnership_id", "loop_no", "round_no"],
        unique=False,
        schema="restricted",
    )
    op.create_table(
        "delivery",
        sa.Column("school_id", sa.Text(), nullable=False, comment="School the delivery is for."),
        sa.Column("file_type", sa.Text(), nullable=False, comment="Technical name of the file type."),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What it covers, in the words of the rows' own `period`.",
        ),
        sa.Column("file_id", sa.BigInteger(), nullable=False, comment="The file."),
        sa.Column("delivery_id", sa.Text(), nullable=True, comment="The sender's own id of the delivery."),
        sa.Column("partnership_id", sa.Text(), nullable=True, comment="Partnership named in the manifest."),
        sa.Column(
            "school_year",
            sa.Text(),
            nullable=True,
            comment="School year named in the manifest or in the rows.",
        ),
        sa.Column(
            "loop_no", sa.Integer(), nullable=True, comment="Loop named in the manifest or in the rows."
        ),
        sa.Column(
            "completeness", sa.Text(), nullable=False, comment="The sender's statement of completeness."
        ),
        sa.Column(
            "assumed_columns", sa.Text(), nullable=True, comment="Columns that the sender marked as assumed."
        ),
        sa.Column(
            "rows_landed",
            sa.Integer(),
            nullable=False,
            comment="Rows that landed for this file type and period.",
        ),
        sa.Column(
            "rows_held_back",
            sa.Integer(),
            nullable=False,
            comment="Rows held back for this file type and period.",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["inbox.file.file_id"], name=op.f("fk_delivery_file_id")),
        sa.PrimaryKeyConstraint("school_id", "file_type", "period", "file_id", name=op.f("pk_delivery")),
        schema="inbox",
        comment=(
            "What each file delivers, one row per file type and period; the latest with landed rows or a"
            " statement counts."
        ),
    )
    op.create_table(
        "held_back_row",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="School of the delivery; empty text where the file does not say.",
        ),
        sa.Column("file_id", sa.BigInteger(), nullable=False, comment="The file."),
        sa.Column("file_type", sa.Text(), nullable=False, comment="File type of the row."),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row number as the sender's spreadsheet shows it.",
        ),
        sa.Column(
            "stage",
            sa.Text(),
            nullable=False,
            comment=(
                "ingest: the row never landed; across: it landed and a check over several deliveries"
                " holds it."
            ),
        ),
        sa.Column(
            "row_values",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="The row as delivered, by column name.",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["inbox.file.file_id"], name=op.f("fk_held_back_row_file_id")),
        sa.PrimaryKeyConstraint(
            "school_id", "file_id", "file_type", "row_number", "stage", name=op.f("pk_held_back_row")
        ),
        schema="landed",
        comment="Rows held back, with what they held; their reasons are findings.",
    )
    op.create_table(
        "finding",
        sa.Column(
            "finding_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the finding.",
        ),
        sa.Column("file_id", sa.BigInteger(), nullable=False, comment="The file it was found in."),
        sa.Column(
            "file_type", sa.Text(), nullable=True, comment="File type; empty for a finding on the whole file."
        ),
        sa.Column("sheet", sa.Text(), nullable=True, comment="Sheet or file name as the sender sees it."),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=True,
            comment="Row number as the sender's spreadsheet shows it; empty for a whole sheet.",
        ),
        sa.Column("column", sa.Text(), nullable=True, comment="Column header as the sender sees it."),
        sa.Column("value_shown", sa.Text(), nullable=True, comment="What was found, as the sender wrote it."),
        sa.Column("rule", sa.Text(), nullable=False, comment="Kind of rule."),
        sa.Column(
            "severity",
            sa.Text(),
            nullable=False,
            comment="error holds the row back or refuses the file; warning lands it.",
        ),
        sa.Column("message_nb", sa.Text(), nullable=False, comment="The finding in bokmål."),
        sa.Column("message_nn", sa.Text(), nullable=False, comment="The finding in nynorsk."),
        sa.Column("message_en", sa.Text(), nullable=False, comment="The finding in English."),
        sa.Column(
            "owner",
            sa.Text(),
            nullable=False,
            comment="Who can put it right: school, university or platform.",
        ),
        sa.Column(
            "state", sa.Text(), server_default="open", nullable=False, comment="open, answered or settled."
        ),
        sa.Column(
            "run_id",
            sa.Text(),
            nullable=True,
            comment="Run in which it was found; empty for findings at ingest.",
        ),
        sa.Column(
            "found_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was found.",
        ),
        sa.CheckConstraint("severity in ('error', 'warning')", name=op.f("ck_finding_severity")),
        sa.CheckConstraint("state in ('open', 'answered', 'settled')", name=op.f("ck_finding_state")),
        sa.ForeignKeyConstraint(["file_id"], ["inbox.file.file_id"], name=op.f("fk_finding_file_id")),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_finding")),
        schema="quality",
        comment="Everything found wrong or odd in a file, in words.",
    )
    op.create_index(op.f("ix_finding_file_id"), "finding", ["file_id"], unique=False, schema="quality")
