"""Lesson Study loops: the school's loop, each team's part in it, and the phases of the template used.

Belongs here: delivery tables F3, F4 and `team_loop_phases`.
Does not belong here: meetings around the loop (`meetings.py`), logs (`logs.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

from innenfra.contracts.declare import column, delivery_table
from innenfra.contracts.rules import (
    AtMost,
    Between,
    Consecutive,
    DateBetween,
    MaxLength,
    NotBefore,
    OneOf,
    RequiredWhen,
)
from innenfra.contracts.vocabulary import (
    BASIC_FRAME,
    COUNT,
    ID_FORM,
    ID_LIST_FORM,
    MINUTES,
    YES_NO,
    loop_no,
    partnership_id,
    partnership_year_no,
    school_id,
    school_year,
)
from innenfra.contracts.words import code_list

METHODS = code_list(
    "method",
    lesson_study=("Lesson Study", "Lesson Study", "Lesson Study"),
    action_learning=("Aksjonslæring", "Aksjonslæring", "Action learning"),
    other=("Annen metode", "Annan metode", "Other method"),
)
LOOP_STATUSES = code_list(
    "loop_status",
    planned=("Planlagt", "Planlagd", "Planned"),
    running=("Pågår", "Går føre seg", "Running"),
    completed=("Gjennomført", "Gjennomført", "Completed"),
    shortened=("Forkortet", "Forkorta", "Shortened"),
    cancelled_agreed=("Avlyst etter avtale", "Avlyst etter avtale", "Cancelled by agreement"),
    cancelled=("Avlyst", "Avlyst", "Cancelled"),
)
TEMPLATE_STATUSES = code_list(
    "template_status",
    none_yet=("Ingen mal ennå", "Ingen mal enno", "No template yet"),
    in_use=("I bruk", "I bruk", "In use"),
    own_template=("Egen mal", "Eigen mal", "Own template"),
    dropped=("Ikke lenger i bruk", "Ikkje lenger i bruk", "Dropped"),
)
TEAM_LOOP_STATUSES = code_list(
    "team_loop_status",
    completed=("Gjennomført", "Gjennomført", "Completed"),
    partly=("Delvis gjennomført", "Delvis gjennomført", "Partly completed"),
    cancelled_agreed=("Avlyst etter avtale", "Avlyst etter avtale", "Cancelled by agreement"),
    cancelled=("Avlyst", "Avlyst", "Cancelled"),
    not_participating=("Deltok ikke", "Deltok ikkje", "Did not take part"),
)
TE_PRESENCE = code_list(
    "te_presence",
    yes=("Ja", "Ja", "Yes"),
    no=("Nei", "Nei", "No"),
    absent_by_design=("Ikke med i opplegget", "Ikkje med i opplegget", "Absent by design"),
    offered_not_used=("Tilbudt, ikke brukt", "Tilbode, ikkje brukt", "Offered, not used"),
)
PHASE_USE = code_list(
    "phase_use", yes=("Ja", "Ja", "Yes"), partly=("Delvis", "Delvis", "Partly"), no=("Nei", "Nei", "No")
)


def _team_id() -> sa.Column[str]:
    return column(
        "team_id",
        sa.Text,
        "Code of the team, as in the team sheet.",
        ("Team-ID", "Team-ID", "Team ID"),
        ID_FORM,
        required=True,
        example="T1",
    )


def _minutes(
    name: str, meaning: str, label: tuple[str, str, str], *, required: bool = False, planned: bool = False
) -> sa.Column[int]:
    return column(
        name,
        sa.Integer,
        meaning,
        label,
        MINUTES,
        required=required,
        unit="minutes",
        caveats=(BASIC_FRAME,) if planned else (),
        example="120",
    )


def _te(name: str, meaning: str, label: tuple[str, str, str]) -> sa.Column[str]:
    return column(name, sa.Text, meaning, label, OneOf(codes=TE_PRESENCE), required=True, example="no")


loop = delivery_table(
    "loop",
    "Loops of the school: when, by which design, and whether they were completed.",
    school_id(),
    partnership_id(),
    loop_no(),
    column(
        "method",
        sa.Text,
        "Method of the loop; unlike methods are never pooled.",
        ("Metode", "Metode", "Method"),
        OneOf(codes=METHODS),
        required=True,
        example="lesson_study",
    ),
    school_year(),
    partnership_year_no(),
    column(
        "planned_start",
        sa.Date,
        "Planned first day.",
        ("Planlagt start", "Planlagd start", "Planned start"),
        DateBetween(),
        required=True,
        example="2025-09-01",
    ),
    column(
        "planned_end",
        sa.Date,
        "Planned last day.",
        ("Planlagt slutt", "Planlagd slutt", "Planned end"),
        DateBetween(),
        required=True,
        example="2025-10-03",
    ),
    column(
        "actual_start",
        sa.Date,
        "First day; empty until known.",
        ("Faktisk start", "Faktisk start", "Actual start"),
        DateBetween(),
        example="2025-09-02",
    ),
    column(
        "actual_end",
        sa.Date,
        "Last day; empty until known.",
        ("Faktisk slutt", "Faktisk slutt", "Actual end"),
        DateBetween(),
        example="2025-10-06",
    ),
    column(
        "status",
        sa.Text,
        "Where the loop stands.",
        ("Status", "Status", "Status"),
        OneOf(codes=LOOP_STATUSES),
        required=True,
        example="completed",
    ),
    column(
        "design_version",
        sa.Text,
        "Version of the loop's design.",
        ("Sløyfeoppsett", "Sløyfeoppsett", "Loop design"),
        ID_FORM,
        required=True,
        example="1",
    ),
    _minutes(
        "plan_planning_min",
        "Minutes set aside for planning in the team.",
        ("Avsatt tid: planlegging", "Avsett tid: planlegging", "Planned time: planning"),
        required=True,
        planned=True,
    ),
    _minutes(
        "plan_research_lesson_min",
        "Minutes set aside for the research lesson.",
        ("Avsatt tid: forskningstime", "Avsett tid: forskingstime", "Planned time: research lesson"),
        required=True,
        planned=True,
    ),
    _minutes(
        "plan_evaluation_min",
        "Minutes set aside for evaluation in the team.",
        ("Avsatt tid: evaluering", "Avsett tid: evaluering", "Planned time: evaluation"),
        required=True,
        planned=True,
    ),
    _minutes(
        "plan_full_staff_sharing_min",
        "Minutes set aside for sharing in the full staff; empty means not in the design.",
        (
            "Avsatt tid: deling i kollegiet",
            "Avsett tid: deling i kollegiet",
            "Planned time: sharing in full staff",
        ),
        planned=True,
    ),
    _minutes(
        "plan_joint_theorisation_min",
        "Minutes set aside for joint theorisation; empty means not in the design.",
        (
            "Avsatt tid: felles teoretisering",
            "Avsett tid: felles teoretisering",
            "Planned time: joint theorisation",
        ),
        planned=True,
    ),
    column(
        "template_status",
        sa.Text,
        "Whether a process template was used.",
        ("Prosessmal", "Prosessmal", "Process template"),
        OneOf(codes=TEMPLATE_STATUSES),
        required=True,
        example="in_use",
    ),
    column(
        "template_version_id",
        sa.Text,
        "Version of the process template.",
        ("Malversjon", "Malversjon", "Template version"),
        ID_FORM,
        example="M1-v3",
    ),
    column(
        "log_instrument_version_id",
        sa.Text,
        "Version of the log form.",
        ("Loggskjemaversjon", "Loggskjemaversjon", "Log form version"),
        ID_FORM,
        example="LOGG-v2",
    ),
    column(
        "collective_area_ids",
        sa.Text,
        "Codes of the collective development areas, separated by spaces.",
        ("Felles utviklingsområder", "Felles utviklingsområde", "Collective development areas"),
        ID_LIST_FORM,
    ),
    column(
        "loop_goal",
        sa.Text,
        "The school's goal for the loop, without persons.",
        ("Mål for sløyfa", "Mål for sløyfa", "Goal of the loop"),
        MaxLength(characters=200),
    ),
    sheet=("Sløyfer", "Sløyfer", "Loops"),
    sender="school",
    period="loop",
    key=("school_id", "partnership_id", "loop_no"),
    rules=(
        NotBefore(later="planned_end", earlier="planned_start"),
        NotBefore(later="actual_end", earlier="actual_start"),
        RequiredWhen(then="actual_start", when="status", values=("running", "completed", "shortened")),
        RequiredWhen(then="actual_end", when="status", values=("completed", "shortened")),
        RequiredWhen(then="template_version_id", when="template_status", values=("in_use",)),
        Consecutive(number="loop_no", group=("school_id", "partnership_id"), severity="warning"),
    ),
    file_type="loops",
)

team_loop = delivery_table(
    "team_loop",
    "Each team's part in a loop: headcounts and minutes, never names.",
    school_id(),
    partnership_id(),
    loop_no(),
    _team_id(),
    column(
        "status",
        sa.Text,
        "Whether the team completed the loop.",
        ("Status", "Status", "Status"),
        OneOf(codes=TEAM_LOOP_STATUSES),
        required=True,
        example="completed",
    ),
    column(
        "headcount",
        sa.Integer,
        "Number of participants.",
        ("Antall deltakere", "Tal på deltakarar", "Participants"),
        Between(low=1, high=100),
        required=True,
        unit="persons",
        example="5",
    ),
    column(
        "experienced_n",
        sa.Integer,
        "Participants who took part in an earlier loop at this school.",
        ("Derav med tidligere sløyfe", "Av desse med tidlegare sløyfe", "Of these with an earlier loop"),
        COUNT,
        unit="persons",
        example="4",
    ),
    _minutes(
        "planning_min",
        "Minutes used for planning.",
        ("Brukt tid: planlegging", "Brukt tid: planlegging", "Time used: planning"),
    ),
    _minutes(
        "research_lesson_min",
        "Minutes used for the research lesson.",
        ("Brukt tid: forskningstime", "Brukt tid: forskingstime", "Time used: research lesson"),
    ),
    _minutes(
        "evaluation_min",
        "Minutes used for evaluation.",
        ("Brukt tid: evaluering", "Brukt tid: evaluering", "Time used: evaluation"),
    ),
    column(
        "research_lessons_held_n",
        sa.Integer,
        "Number of research lessons held.",
        (
            "Antall gjennomførte forskningstimer",
            "Tal på gjennomførte forskingstimar",
            "Research lessons held",
        ),
        Between(low=0, high=20),
        required=True,
        unit="lessons",
        example="1",
    ),
    column(
        "observers_n",
        sa.Integer,
        "Number of observers.",
        ("Antall observatører", "Tal på observatørar", "Observers"),
        COUNT,
        unit="persons",
        example="3",
    ),
    column(
        "observation_focus_recorded",
        sa.Text,
        "Whether the focus of observation was written down.",
        ("Observasjonsfokus notert", "Observasjonsfokus notert", "Observation focus recorded"),
        OneOf(codes=YES_NO),
        example="yes",
    ),
    column(
        "goal_subject",
        sa.Text,
        "Whether the team had a subject-specific goal.",
        ("Fagspesifikt mål", "Fagspesifikt mål", "Subject-specific goal"),
        OneOf(codes=YES_NO),
        example="yes",
    ),
    column(
        "goal_cross_curricular",
        sa.Text,
        "Whether the team had a cross-curricular goal.",
        ("Fagovergripende mål", "Fagovergripande mål", "Cross-curricular goal"),
        OneOf(codes=YES_NO),
        example="no",
    ),
    column(
        "goal_formulated_before_design",
        sa.Text,
        "Whether the goal was formulated before the lesson was designed.",
        ("Mål formulert før design", "Mål formulert før design", "Goal formulated before design"),
        OneOf(codes=YES_NO),
        example="yes",
    ),
    _te(
        "te_in_planning",
        "Whether a teacher educator was there during planning.",
        (
            "Lærerutdanner til stede: planlegging",
            "Lærarutdannar til stades: planlegging",
            "Teacher educator present: planning",
        ),
    ),
    _te(
        "te_in_evaluation",
        "Whether a teacher educator was there during evaluation.",
        (
            "Lærerutdanner til stede: evaluering",
            "Lærarutdannar til stades: evaluering",
            "Teacher educator present: evaluation",
        ),
    ),
    _te(
        "te_in_research_lesson",
        "Whether a teacher educator was there in the research lesson.",
        (
            "Lærerutdanner til stede: forskningstime",
            "Lærarutdannar til stades: forskingstime",
            "Teacher educator present: research lesson",
        ),
    ),
    column(
        "te_agreed_with_process_leader",
        sa.Text,
        "Whether the presence was agreed with the process leader.",
        ("Avtalt med prosessleder", "Avtalt med prosessleiar", "Agreed with the process leader"),
        OneOf(codes=YES_NO),
    ),
    column(
        "leader_present",
        sa.Text,
        "Whether a school leader was there in planning or evaluation.",
        ("Skoleleder til stede", "Skuleleiar til stades", "School leader present"),
        OneOf(codes=YES_NO),
        example="no",
    ),
    sheet=("Teamsløyfer", "Teamsløyfer", "Team loops"),
    sender="school",
    period="loop",
    key=("school_id", "partnership_id", "loop_no", "team_id"),
    rules=(AtMost(part="experienced_n", whole="headcount"),),
    file_type="team_loops",
)

team_loop_phase = delivery_table(
    "team_loop_phase",
    "Which phases of the process template a team used in a loop.",
    school_id(),
    partnership_id(),
    loop_no(),
    _team_id(),
    column(
        "template_version_id",
        sa.Text,
        "Version of the process template.",
        ("Malversjon", "Malversjon", "Template version"),
        ID_FORM,
        required=True,
        example="M1-v3",
    ),
    column(
        "phase_no",
        sa.Integer,
        "Number of the phase in that version.",
        ("Fase nr.", "Fase nr.", "Phase no."),
        Between(low=1, high=30),
        required=True,
        example="1",
    ),
    column(
        "used",
        sa.Text,
        "Whether the team used the phase.",
        ("Brukt", "Brukt", "Used"),
        OneOf(codes=PHASE_USE),
        required=True,
        example="yes",
    ),
    sheet=("Malens faser", "Fasane i malen", "Template phases"),
    sender="school",
    period="loop",
    key=("school_id", "partnership_id", "loop_no", "team_id", "template_version_id", "phase_no"),
    file_type="team_loop_phases",
)
