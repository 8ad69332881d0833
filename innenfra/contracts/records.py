"""What people wrote down and is shown back to them: the relations of `published` beside the numbers.

Belongs here: of each record its columns, who may read it, and with which numbers it waits for the school.
dbt's
column docs and contracts, the row policies and the audit follow from it; a further record is one entry here
and
two short models (`gate_<name>`, `published_<name>`).
Does not belong here: how a record is gathered (`dbt_project/models/gate`), numbers (`indicators`).

A record passes the gate as structural: it says what was done, not what people answered. What it tells others
may be counted again to a number, so it waits with the numbers that are counted from it, until the school has
looked through them. What concerns one team is the school's alone; partners read how many teams.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from innenfra.contracts.agreements import agreement_commitment, agreement_plan_year, commitment_review
from innenfra.contracts.arenas import arena_link, development_area
from innenfra.contracts.codings import code_crosswalk, codebook, coded_count, log_instrument, template_version
from innenfra.contracts.declare import metadata
from innenfra.contracts.indicators.definition import Audience
from innenfra.contracts.loops import loop, team_loop, team_loop_phase
from innenfra.contracts.meetings import decision, meeting, meeting_activity
from innenfra.contracts.mirror import mirror_item, note
from innenfra.contracts.schools import team


@dataclass(frozen=True)
class Said:
    """A column of a record: its type in the database, and what it says."""

    name: str
    data_type: str
    meaning: str


@dataclass(frozen=True)
class Record:
    """A relation of what was written down.

    `waits_with` names the indicators that are counted from it: others than the school read a row once no
    value
    of theirs, of the row's loop or school year, waits for the school.
    """

    name: str
    meaning: str
    audience: Audience
    columns: tuple[Said, ...]
    waits_with: tuple[str, ...] = ()
    author_only: str = ""
    """A column that says of which rows only the school and their author read."""

    @property
    def of_school(self) -> bool:
        """Whether its rows are of one school."""
        return any(one.name == "school_id" for one in self.columns)

    @property
    def published_columns(self) -> tuple[Said, ...]:
        """Its columns as they are published."""
        return (*self.columns, AWAITS) if self.waits_with else self.columns


AWAITS = Said(
    "awaits_school", "boolean", "Whether the school has yet to look through the numbers counted from it."
)
SCHOOL = Said("school_id", "text", "Organisation number of the school, nine digits as text.")
PARTNERSHIP = Said("partnership_id", "text", "Code of the partnership.")
LOOP = Said("loop_no", "integer", "Number of the loop; empty where it is of none.")
YEAR = Said("school_year", "text", "School year, written as 2025/26.")
SOURCE = Said("written_in", "text", "Where it was written: file or app.")
AUTHOR = Said("author_id", "text", "The institution that made the item; empty where several are parties.")
UNRECOGNISED = Said(
    "is_unrecognised",
    "boolean",
    "Whether those it is about did not recognise it, and it has not been revised since.",
)
TEXT = Said(
    "text", "text", "What it says, in the author's own words, masked; empty where it was not written."
)
_KIND = {"TEXT": "text", "INTEGER": "integer", "DATE": "date", "NUMERIC": "numeric", "BOOLEAN": "boolean"}


def _of(table: sa.Table, names: str) -> tuple[Said, ...]:
    """Columns as they were delivered, named with spaces between."""
    return tuple(
        Said(name, _KIND[str(table.c[name].type)], str(table.c[name].comment)) for name in names.split()
    )


def _count(name: str, of: str) -> Said:
    return Said(name, "integer", f"Number of {of}.")


def _minutes(name: str, of: str) -> Said:
    return Said(name, "integer", f"Minutes used for {of} by all teams that wrote it down.")


RECORDS: dict[str, Record] = {
    record.name: record
    for record in (
        Record(
            "loop",
            "Loops of the school: when they were planned and held, by which method.",
            "owner",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                YEAR,
                *_of(
                    loop,
                    "partnership_year_no method status planned_start planned_end actual_start actual_end",
                ),
            ),
            waits_with=("A1", "U1"),
        ),
        Record(
            "loop_design",
            "How each loop was meant to be: its goal, design, template, form, areas and time set aside, and"
            " what is new in it.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                YEAR,
                *_of(
                    loop,
                    "loop_goal design_version plan_planning_min plan_research_lesson_min "
                    "plan_evaluation_min plan_full_staff_sharing_min "
                    "plan_joint_theorisation_min template_status template_version_id "
                    "log_instrument_version_id collective_area_ids",
                ),
                Said(
                    "new_in_it",
                    "text",
                    "What differs from the loop before: design, template, form, areas, time; separated by"
                    " spaces.",
                ),
            ),
            waits_with=("C2",),
        ),
        Record(
            "loop_teams",
            "The teams of each loop as counts.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                YEAR,
                _count("active_n", "teams active at the planned start"),
                _count("told_n", "teams whose part was delivered"),
                _count("completed_n", "teams that completed the loop"),
                _count("partly_n", "teams that completed it partly"),
                _count("cancelled_n", "teams whose part was cancelled"),
                _count("not_participating_n", "teams that did not take part"),
                _minutes("planning_min", "planning"),
                _minutes("research_lesson_min", "research lessons"),
                _minutes("evaluation_min", "evaluation"),
                _count("timed_n", "teams that wrote down all three"),
                _count("research_lessons_n", "research lessons held"),
                _count("retaught_n", "teams that held more than one research lesson"),
                _count("focus_recorded_n", "teams that wrote down the focus of observation"),
                _count("goal_subject_n", "teams with a subject-specific goal"),
                _count("goal_cross_curricular_n", "teams with a cross-curricular goal"),
                _count("goal_before_design_n", "teams that formulated the goal before the design"),
            ),
            waits_with=("A4", "C1", "C2", "P3", "P4"),
        ),
        Record(
            "cancelled_loop",
            "What was delivered of a loop that was cancelled, and counts in no number.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                YEAR,
                _count("log_rounds_n", "log rounds delivered"),
                _count("coded_n", "coded materials delivered"),
                _count("mirror_items_n", "items of mirror data delivered"),
                _count("minutes_n", "minutes that the teams used"),
            ),
            waits_with=("A1", "U1"),
        ),
        Record(
            "loop_phase",
            "How many teams used each phase of the process template in a loop.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                YEAR,
                *_of(team_loop_phase, "template_version_id phase_no"),
                *_of(template_version, "phase_code canonical_phase"),
                _count("used_n", "teams that used the phase"),
                _count("partly_n", "teams that used it partly"),
                _count("not_used_n", "teams that did not"),
            ),
            waits_with=("P1", "P2"),
        ),
        Record(
            "educator_part",
            "The teacher educators' part in each loop, by arena and how.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                YEAR,
                Said("arena", "text", "The arena, or the team's planning, research lesson or evaluation."),
                Said(
                    "part",
                    "text",
                    "Their part: led, took_part, yes, offered_not_used, absent_by_design, absent or no.",
                ),
                _count("times_n", "meetings or teams of which this is told"),
                _count("agreed_n", "teams that had agreed it with their process leader"),
            ),
            waits_with=("A4",),
        ),
        Record(
            "team",
            "The school's teams over time.",
            "school",
            (
                SCHOOL,
                *_of(team, "team_id team_label team_kind valid_from valid_to change_type related_team_id"),
            ),
        ),
        Record(
            "team_loop",
            "Each team's part in a loop.",
            "school",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                *_of(
                    team_loop,
                    "team_id status headcount experienced_n planning_min research_lesson_min "
                    "evaluation_min research_lessons_held_n observers_n "
                    "observation_focus_recorded goal_subject goal_cross_curricular "
                    "goal_formulated_before_design te_in_planning te_in_evaluation "
                    "te_in_research_lesson te_agreed_with_process_leader leader_present",
                ),
            ),
        ),
        Record(
            "agreement_plan_year",
            "Loops planned per partnership year in each version of an agreement.",
            "owner",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(agreement_plan_year, "agreement_id version_no partnership_year_no planned_loops"),
            ),
        ),
        Record(
            "commitment",
            "What each party commits itself to in each version of an agreement.",
            "owner",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(
                    agreement_commitment,
                    "agreement_id version_no commitment_no party commitment_type quantity unit per",
                ),
            ),
        ),
        Record(
            "need",
            "What each school tells its owner and partners that it needs, by kind and in its own words.",
            "owner",
            (
                SCHOOL,
                PARTNERSHIP,
                Said("school_year", "text", "School year that the need is of."),
                Said("need_type", "text", "What is needed, by the kinds of commitment."),
                TEXT,
                Said("stated_on", "date", "Day on which it was stated."),
            ),
        ),
        Record(
            "commitment_review",
            "How each party assesses whether a commitment was kept in a school year; the newest it said.",
            "owner",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(
                    commitment_review,
                    "agreement_id version_no commitment_no school_year assessed_by "
                    "assessed_by_id result assessed_on",
                ),
                SOURCE,
            ),
            waits_with=("A2",),
        ),
        Record(
            "meeting",
            "Meetings with their arena, length and who was there as counts.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(meeting, "meeting_id meeting_date arena"),
                LOOP,
                YEAR,
                *_of(
                    meeting,
                    "loop_relation minutes group_format teachers_n process_leaders_n "
                    "leaders_n teacher_educators_n teams_represented_n te_mode",
                ),
            ),
            waits_with=("A4", "C2", "C3", "C4"),
        ),
        Record(
            "meeting_activity",
            "What was done in a meeting, and who led it.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(meeting_activity, "meeting_id"),
                LOOP,
                YEAR,
                *_of(meeting_activity, "activity_code led_by"),
            ),
            waits_with=("E2", "S4"),
        ),
        Record(
            "arena_link",
            "Arrows between arenas in each loop: those that the school's own model expects, and those that"
            " were made.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                YEAR,
                *_of(arena_link, "from_arena to_arena"),
                Said(
                    "model_version",
                    "integer",
                    "Version of the school's model that expects it; empty where none does.",
                ),
                Said(
                    "is_realised",
                    "boolean",
                    "Whether it was made; empty where the loop's links were not delivered whole.",
                ),
            ),
            waits_with=("C3",),
        ),
        Record(
            "mirror_item",
            "Items of mirror data, and whether those they are about recognise them.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                *_of(
                    mirror_item,
                    "mirror_id dimension topic_code form desired_practice seed "
                    "all_teams_included first_presented_on",
                ),
                Said("outcome", "text", "What was answered last; empty where nobody was asked."),
                Said("checked_on", "date", "Day of that answer."),
                Said("checked_by", "text", "Who answered: a group, or the leadership in the app."),
                Said("is_revised", "boolean", "Whether the item was revised after that answer."),
                TEXT,
                Said(
                    "held_up_against",
                    "text",
                    "Theory or document it was held up against; empty where none was.",
                ),
                Said("comment", "text", "What the leadership wrote with its answer in the app, masked."),
                UNRECOGNISED,
                AUTHOR,
            ),
            author_only="is_unrecognised",
        ),
        Record(
            "mirror_presentation",
            "Meetings in which an item of mirror data was shown.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                LOOP,
                *_of(mirror_item, "mirror_id"),
                *_of(meeting, "meeting_id meeting_date arena"),
                UNRECOGNISED,
                AUTHOR,
            ),
            author_only="is_unrecognised",
        ),
        Record(
            "decision",
            "Decisions: who proposed, who decided, on what, and from which loop on.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(decision, "decision_id decided_on"),
                YEAR,
                *_of(
                    decision,
                    "meeting_id decision_type proposed_by decided_by based_on mirror_id "
                    "effective_loop_no confirmed_by_both",
                ),
                TEXT,
                SOURCE,
            ),
            waits_with=("E1",),
        ),
        Record(
            "trail",
            "What led to what: one row per edge from mirror data over meetings and decisions to loops,"
            " templates and agreements.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                Said("from_kind", "text", "mirror_item, meeting or decision."),
                Said("from_id", "text", "Code of what it begins with."),
                Said("to_kind", "text", "meeting, decision, loop, template or amendment."),
                Said("to_id", "text", "Code of what it leads to."),
                Said("on_day", "date", "Day of what it begins with, where it has one."),
                LOOP,
                YEAR,
                UNRECOGNISED,
                AUTHOR,
            ),
            waits_with=("E1",),
            author_only="is_unrecognised",
        ),
        Record(
            "development_area",
            "What the school works on over its loops, and where the choice came from.",
            "owner",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(
                    development_area, "area_id scope origin origin_agreed_by_both first_loop_no last_loop_no"
                ),
            ),
        ),
        Record(
            "template",
            "Versions of the process template, phase by phase, and where each comes from.",
            "partners",
            (
                SCHOOL,
                *_of(
                    template_version,
                    "template_id template_version_id phase_no phase_code canonical_phase "
                    "prompts_n first_loop_no developed_in_meeting_id based_on_mirror",
                ),
                Said("before_id", "text", "The version before it of the same template; empty for the first."),
                Said(
                    "is_new",
                    "boolean",
                    "Whether the version before has no such phase, or another number of prompts in it; empty"
                    " for the first.",
                ),
            ),
        ),
        Record(
            "instrument_item",
            "Items of the log forms with their wording and answers.",
            "partners",
            (
                SCHOOL,
                *_of(
                    log_instrument,
                    "log_instrument_id log_instrument_version_id item_id theme scale "
                    "answer_codes wording_nb wording_nn wording_en predecessor_version_id "
                    "predecessor_item_id same_meaning",
                ),
            ),
        ),
        Record(
            "codebook",
            "Codebooks, code by code.",
            "partners",
            (
                SCHOOL,
                *_of(codebook, "codebook_id codebook_version_id code category level canonical_code label_nb"),
            ),
        ),
        Record(
            "code_crosswalk",
            "How the codes of one codebook answer to those of another.",
            "partners",
            (
                SCHOOL,
                *_of(
                    code_crosswalk,
                    "from_codebook_version_id from_code to_codebook_version_id to_code relation reviewed",
                ),
            ),
        ),
        Record(
            "code",
            "Coded units with each code, by arena: who coded, and how far two coders agree.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(coded_count, "school_year"),
                LOOP,
                *_of(coded_count, "arena codebook_version_id code"),
                *_of(codebook, "category level label_nb"),
                *_of(
                    coded_count,
                    "n_units_with_code n_units_base coded_by_party double_coded_n "
                    "agreement_measure agreement_value",
                ),
            ),
            waits_with=("S1", "S2", "S3", "U3"),
        ),
        Record(
            "note",
            "Notes that were made on the work: phases, tensions, zones, tools, subjects and products.",
            "partners",
            (
                SCHOOL,
                PARTNERSHIP,
                *_of(
                    note,
                    "note_type code school_year first_loop_no without_te "
                    "rejected_by_practitioners introduced_by evidence_ref agreed_by_both",
                ),
            ),
        ),
        Record(
            "school_context",
            "What else went on at the school in a school year.",
            "owner",
            (
                SCHOOL,
                PARTNERSHIP,
                YEAR,
                *_of(
                    metadata.tables["landed.school_year"],
                    "principal_changed concurrent_initiatives_n onboarding_by",
                ),
            ),
        ),
        Record(
            "party",
            "The parties of each partnership.",
            "owner",
            (
                PARTNERSHIP,
                Said("party_type", "text", "institution or school_owner."),
                Said("party_id", "text", "Code of the party."),
                Said("name", "text", "Name of the party today."),
                Said("valid_from", "date", "First day as a party."),
                Said("valid_to", "date", "First day no longer a party."),
            ),
        ),
    )
}
"""All records, by the name of their relation."""


def dbt_models(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Docs and contracts of the two models of each record."""
    made: list[dict[str, Any]] = []
    for one in records:
        made.append(
            {
                "name": f"gate_{one.name}",
                "description": f"{one.meaning} As it passed the gate.",
                "columns": _describe_columns(one.columns),
            }
        )
        made.append(
            {
                "name": f"published_{one.name}",
                "description": one.meaning,
                "config": {"contract": {"enforced": True}},
                "columns": [
                    said | {"data_type": c.data_type}
                    for c, said in zip(
                        one.published_columns, _describe_columns(one.published_columns), strict=True
                    )
                ],
            }
        )
    return made


def _describe_columns(columns: Iterable[Said]) -> list[dict[str, Any]]:
    return [{"name": one.name, "description": one.meaning} for one in columns]


def published_model(record: Record, note: str) -> str:
    """The model that publishes a record: two lines, the same for all."""
    index = ", indexes=[{'columns': ['school_id']}]" if record.of_school else ""
    waits = ""
    if record.waits_with:
        has_loop = any(one.name == LOOP.name for one in record.columns)
        waits = f", {list(record.waits_with)}" + ("" if has_loop else ", has_loop=false")
    return (
        f"{{{{ config(alias='{record.name}'{index}) }}}}\n"
        f"-- grain: as in the gate's table of the same name\n-- {note}\n"
        f"{{{{ published_record('gate_{record.name}'{waits}) }}}}\n"
    )
