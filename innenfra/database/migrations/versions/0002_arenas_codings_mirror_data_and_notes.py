"""Arenas, codings, mirror data and notes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "agreement_arena",
        sa.Column("agreement_id", sa.Text(), nullable=False, comment="Code of the agreement."),
        sa.Column("version_no", sa.Integer(), nullable=False, comment="Version of the agreement, from 1."),
        sa.Column("arena", sa.Text(), nullable=False, comment="The arena."),
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_agreement_arena")),
        schema="landed",
        comment="Arenas that one version of an agreement foresees.",
    )
    op.create_table(
        "arena_link",
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
        sa.Column("from_arena", sa.Text(), nullable=False, comment="Arena that something is carried from."),
        sa.Column("to_arena", sa.Text(), nullable=False, comment="Arena that it is carried to."),
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_arena_link")),
        schema="landed",
        comment=(
            "Links that were made between arenas in a loop: something found in one was carried into another."
        ),
    )
    op.create_table(
        "code_crosswalk",
        sa.Column(
            "from_codebook_version_id",
            sa.Text(),
            nullable=False,
            comment="Codebook version that is carried over.",
        ),
        sa.Column("from_code", sa.Text(), nullable=False, comment="Code in it."),
        sa.Column(
            "to_codebook_version_id",
            sa.Text(),
            nullable=False,
            comment="Codebook version it is carried over to.",
        ),
        sa.Column("to_code", sa.Text(), nullable=True, comment="Code it answers to; empty where none does."),
        sa.Column("relation", sa.Text(), nullable=False, comment="How the first answers to the second."),
        sa.Column(
            "reviewed",
            sa.Text(),
            nullable=False,
            comment="Whether someone outside the coding has reviewed the row.",
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_code_crosswalk")),
        schema="landed",
        comment=(
            "How the codes of one codebook answer to those of another; only what has been reviewed opens for"
            " comparison."
        ),
    )
    op.create_table(
        "codebook",
        sa.Column("codebook_id", sa.Text(), nullable=False, comment="The codebook that the version is of."),
        sa.Column("codebook_version_id", sa.Text(), nullable=False, comment="Version of the codebook."),
        sa.Column("code", sa.Text(), nullable=False, comment="The code."),
        sa.Column("category", sa.Text(), nullable=False, comment="Main category of the code."),
        sa.Column(
            "level",
            sa.Text(),
            nullable=False,
            comment="Whether the code is a whole category or one of its subcategories.",
        ),
        sa.Column(
            "canonical_code",
            sa.Text(),
            nullable=True,
            comment="What the code answers to, for direction of talk and stance.",
        ),
        sa.Column("label_nb", sa.Text(), nullable=True, comment="Label in bokmål."),
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_codebook")),
        schema="landed",
        comment="Codebooks, one row per code of a version.",
    )
    op.create_table(
        "coded_count",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column("school_year", sa.Text(), nullable=False, comment="School year, written as 2025/26."),
        sa.Column(
            "loop_no",
            sa.Integer(),
            nullable=True,
            comment="Number of the loop, consecutive from 1 within school and partnership.",
        ),
        sa.Column("arena", sa.Text(), nullable=False, comment="Arena that was coded."),
        sa.Column("codebook_version_id", sa.Text(), nullable=False, comment="Version of the codebook."),
        sa.Column("code", sa.Text(), nullable=False, comment="The code."),
        sa.Column(
            "n_units_with_code",
            sa.Integer(),
            nullable=False,
            comment="Units with this code; a unit may have several codes.",
        ),
        sa.Column("n_units_base", sa.Integer(), nullable=False, comment="Units that were coded in all."),
        sa.Column("n_teams", sa.Integer(), nullable=True, comment="Teams whose work was coded."),
        sa.Column("minutes", sa.Integer(), nullable=True, comment="Minutes that were coded."),
        sa.Column("coded_by_party", sa.Text(), nullable=False, comment="Who coded."),
        sa.Column("double_coded_n", sa.Integer(), nullable=True, comment="Units that two coders coded."),
        sa.Column(
            "agreement_measure", sa.Text(), nullable=True, comment="Measure of agreement between the coders."
        ),
        sa.Column("agreement_value", sa.Numeric(), nullable=True, comment="Value of that measure."),
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_coded_count")),
        schema="landed",
        comment="Coded units as counts per code, with their base, who coded, and how far two coders agree.",
    )
    op.create_table(
        "development_area",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column("area_id", sa.Text(), nullable=False, comment="Code of the area, never reused."),
        sa.Column("scope", sa.Text(), nullable=False, comment="Whether the whole school shares the area."),
        sa.Column("origin", sa.Text(), nullable=False, comment="Where the choice of the area came from."),
        sa.Column(
            "origin_agreed_by_both",
            sa.Text(),
            nullable=True,
            comment="Whether school and teacher educators agree on the origin.",
        ),
        sa.Column(
            "first_loop_no",
            sa.Integer(),
            nullable=False,
            comment="First loop in which the area was worked on.",
        ),
        sa.Column(
            "last_loop_no", sa.Integer(), nullable=True, comment="Last loop; empty means that it goes on."
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_development_area")),
        schema="landed",
        comment="What the school works on over its loops, and where the choice came from.",
    )
    op.create_table(
        "expected_arena_link",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "model_version", sa.Integer(), nullable=False, comment="Version of the school's model, from 1."
        ),
        sa.Column("from_arena", sa.Text(), nullable=False, comment="Arena that something is carried from."),
        sa.Column("to_arena", sa.Text(), nullable=False, comment="Arena that it is carried to."),
        sa.Column(
            "first_loop_no",
            sa.Integer(),
            nullable=False,
            comment="First loop in which the model is in force.",
        ),
        sa.Column(
            "last_loop_no",
            sa.Integer(),
            nullable=True,
            comment="Last loop in which it is in force; empty means that it still is.",
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_expected_arena_link")),
        schema="landed",
        comment=(
            "The school's own model of how its arenas feed each other, arrow by arrow, for the loops in which"
            " it is in force."
        ),
    )
    op.create_table(
        "log_instrument",
        sa.Column(
            "log_instrument_id", sa.Text(), nullable=False, comment="The log form that the version is of."
        ),
        sa.Column("log_instrument_version_id", sa.Text(), nullable=False, comment="Version of the log form."),
        sa.Column("item_id", sa.Text(), nullable=False, comment="Code of the item."),
        sa.Column("theme", sa.Text(), nullable=False, comment="What the item is about."),
        sa.Column("scale", sa.Text(), nullable=False, comment="Whether the answers have an order."),
        sa.Column(
            "answer_codes",
            sa.Text(),
            nullable=False,
            comment="The answer codes in their order, separated by spaces.",
        ),
        sa.Column("wording_nb", sa.Text(), nullable=True, comment="Wording in bokmål."),
        sa.Column("wording_nn", sa.Text(), nullable=True, comment="Wording in nynorsk."),
        sa.Column("wording_en", sa.Text(), nullable=True, comment="Wording in English."),
        sa.Column(
            "predecessor_version_id",
            sa.Text(),
            nullable=True,
            comment="Version of the form with the item this one follows from.",
        ),
        sa.Column("predecessor_item_id", sa.Text(), nullable=True, comment="The item this one follows from."),
        sa.Column("same_meaning", sa.Text(), nullable=True, comment="Whether it still means the same."),
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_log_instrument")),
        schema="landed",
        comment=(
            "Log forms, one row per item, with theme, answers in order, and the item it follows from in an"
            " earlier version."
        ),
    )
    op.create_table(
        "member_check",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column("object_type", sa.Text(), nullable=False, comment="What was checked."),
        sa.Column("object_id", sa.Text(), nullable=False, comment="Code of what was checked."),
        sa.Column("checked_on", sa.Date(), nullable=False, comment="Day of the check."),
        sa.Column("group", sa.Text(), nullable=False, comment="Who were asked."),
        sa.Column("n", sa.Integer(), nullable=True, comment="How many took part."),
        sa.Column("outcome", sa.Text(), nullable=False, comment="What they answered."),
        sa.Column("revised", sa.Text(), nullable=True, comment="Whether it was revised afterwards."),
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_member_check")),
        schema="landed",
        comment="What people answered when they were asked whether they recognise themselves.",
    )
    op.create_table(
        "mirror_item",
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
        sa.Column("mirror_id", sa.Text(), nullable=False, comment="Code of the item."),
        sa.Column("dimension", sa.Text(), nullable=False, comment="Dimension of the item."),
        sa.Column(
            "topic_code",
            sa.Text(),
            nullable=True,
            comment="Topic of the item, in the partnership's own codes.",
        ),
        sa.Column("form", sa.Text(), nullable=False, comment="Form the item is given."),
        sa.Column(
            "desired_practice",
            sa.Text(),
            nullable=True,
            comment="Whether it shows practice that the school wants.",
        ),
        sa.Column(
            "seed", sa.Text(), nullable=True, comment="Whether it shows a first sign of something new."
        ),
        sa.Column(
            "all_teams_included", sa.Text(), nullable=True, comment="Whether every team with data is in it."
        ),
        sa.Column(
            "teams_with_example_n", sa.Integer(), nullable=True, comment="Teams with an example in it."
        ),
        sa.Column("teams_with_data_n", sa.Integer(), nullable=True, comment="Teams with data in the loop."),
        sa.Column(
            "first_presented_on",
            sa.Date(),
            nullable=True,
            comment="Day it was first presented; empty until then.",
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_mirror_item")),
        schema="landed",
        comment=(
            "Items of mirror data from one loop: what about, in which form, and how many teams have an"
            " example."
        ),
    )
    op.create_table(
        "mirror_presentation",
        sa.Column("mirror_id", sa.Text(), nullable=False, comment="The item."),
        sa.Column("meeting_id", sa.Text(), nullable=False, comment="The meeting."),
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_mirror_presentation")),
        schema="landed",
        comment="Meetings in which an item of mirror data was shown; one item may be shown in several.",
    )
    op.create_table(
        "note",
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=False,
            comment="Organisation number of the school, as text with all nine digits.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=False, comment="Code of the partnership, as registered."
        ),
        sa.Column("note_type", sa.Text(), nullable=False, comment="Kind of note."),
        sa.Column(
            "code",
            sa.Text(),
            nullable=False,
            comment="What the note is about; for a change phase the phase itself.",
        ),
        sa.Column("school_year", sa.Text(), nullable=True, comment="School year, written as 2025/26."),
        sa.Column("first_loop_no", sa.Integer(), nullable=True, comment="First loop the note is about."),
        sa.Column(
            "without_te",
            sa.Text(),
            nullable=True,
            comment="For a tool that was used: whether no teacher educator was there.",
        ),
        sa.Column(
            "rejected_by_practitioners",
            sa.Text(),
            nullable=True,
            comment="For a tool: whether the practitioners chose not to use it.",
        ),
        sa.Column(
            "evidence_ref",
            sa.Text(),
            nullable=True,
            comment="What the note rests on: a meeting, a decision or a mirror item.",
        ),
        sa.Column(
            "agreed_by_both", sa.Text(), nullable=False, comment="Whether both parties agree on the note."
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_note")),
        schema="landed",
        comment=(
            "Notes that both parties agree on: phases of change, tools brought in and used, tensions,"
            " products. Codes, never text."
        ),
    )
    op.create_table(
        "template_version",
        sa.Column("template_id", sa.Text(), nullable=False, comment="The template that the version is of."),
        sa.Column(
            "template_version_id", sa.Text(), nullable=False, comment="Version of the process template."
        ),
        sa.Column("phase_no", sa.Integer(), nullable=False, comment="Number of the phase in this version."),
        sa.Column("phase_code", sa.Text(), nullable=True, comment="The template's own code of the phase."),
        sa.Column(
            "canonical_phase",
            sa.Text(),
            nullable=False,
            comment="The phase of the common model that it answers to.",
        ),
        sa.Column("prompts_n", sa.Integer(), nullable=True, comment="Number of prompts in the phase."),
        sa.Column(
            "first_loop_no", sa.Integer(), nullable=True, comment="First loop in which the version was used."
        ),
        sa.Column(
            "developed_in_meeting_id",
            sa.Text(),
            nullable=True,
            comment="Meeting in which the version was developed.",
        ),
        sa.Column(
            "based_on_mirror", sa.Text(), nullable=True, comment="Whether mirror data led to the version."
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
        sa.PrimaryKeyConstraint("school_id", "file_id", "row_number", name=op.f("pk_template_version")),
        schema="landed",
        comment=(
            "Versions of the process template, one row per phase, with what each phase answers to in the"
            " common model."
        ),
    )
