"""Meetings around the loops, what was done in them, and the decisions taken.

Belongs here: delivery tables F5, `meeting_activities` and F7.
Does not belong here: presentations of mirror data as such (`mirror.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

from innenfra.contracts.declare import column, delivery_table
from innenfra.contracts.rules import Between, DateBetween, EachOneOf, OneOf, RequiredWhen
from innenfra.contracts.vocabulary import (
    ARENAS,
    COUNT,
    ID_FORM,
    YES_NO,
    dated_school_year,
    loop_no,
    school_id,
)
from innenfra.contracts.words import code_list

LOOP_RELATIONS = code_list(
    "loop_relation",
    before_first_loop=("Før første sløyfe", "Før første sløyfa", "Before the first loop"),
    before=("Før sløyfa", "Før sløyfa", "Before the loop"),
    during=("I sløyfa", "I sløyfa", "During the loop"),
    after=("Etter sløyfa", "Etter sløyfa", "After the loop"),
    year_end=("Ved skoleårets slutt", "Ved slutten av skuleåret", "At the end of the school year"),
    none=("Uten tilknytning", "Utan tilknyting", "No relation"),
)
GROUP_FORMATS = code_list(
    "group_format",
    plenary=("Plenum", "Plenum", "Plenary"),
    cross_team_groups=("Grupper på tvers", "Grupper på tvers", "Groups across teams"),
    team_groups=("Teamgrupper", "Teamgrupper", "Team groups"),
    mixed=("Blandet", "Blanda", "Mixed"),
)
TE_MODES = code_list(
    "te_mode",
    led=("Ledet", "Leia", "Led"),
    took_part=("Deltok", "Deltok", "Took part"),
    absent=("Ikke til stede", "Ikkje til stades", "Absent"),
    absent_by_design=("Ikke med i opplegget", "Ikkje med i opplegget", "Absent by design"),
)
ACTIVITIES = code_list(
    "activity",
    experience_sharing=("Erfaringsdeling", "Erfaringsdeling", "Experience sharing"),
    mirror_data=("Speildata", "Speildata", "Mirror data"),
    collective_analysis=("Kollektiv analyse", "Kollektiv analyse", "Collective analysis"),
    theorisation=("Teoretisering", "Teoretisering", "Theorisation"),
    metacommunication=("Metakommunikasjon", "Metakommunikasjon", "Metacommunication"),
    expectation_clarification=(
        "Forventningsavklaring",
        "Avklaring av forventningar",
        "Clarification of expectations",
    ),
    agreement_evaluation=("Evaluering av avtalen", "Evaluering av avtalen", "Evaluation of the agreement"),
    template_development=("Utvikling av malen", "Utvikling av malen", "Development of the template"),
    area_choice=("Valg av utviklingsområde", "Val av utviklingsområde", "Choice of development area"),
    onboarding=("Innføring av nytilsatte", "Innføring av nytilsette", "Onboarding"),
    leadership_dilemma=("Ledelsesdilemma", "Leiardilemma", "Leadership dilemma"),
    other_local=("Annet", "Anna", "Other"),
)
LED_BY = code_list(
    "led_by",
    leadership=("Skoleledelsen", "Skuleleiinga", "School leadership"),
    process_leader=("Prosessleder", "Prosessleiar", "Process leader"),
    teacher_no_formal_role=(
        "Lærer uten formell rolle",
        "Lærar utan formell rolle",
        "Teacher without a formal role",
    ),
    teacher_educator=("Lærerutdanner", "Lærarutdannar", "Teacher educator"),
    joint=("Sammen", "Saman", "Jointly"),
    structure_or_tool=("Struktur eller verktøy", "Struktur eller verktøy", "Structure or tool"),
    unknown=("Ikke kjent", "Ikkje kjent", "Not known"),
)
DECISION_TYPES = code_list(
    "decision_type",
    development_area=("Utviklingsområde", "Utviklingsområde", "Development area"),
    organisation=("Organisering", "Organisering", "Organisation"),
    template=("Mal", "Mal", "Template"),
    agreement=("Avtale", "Avtale", "Agreement"),
    tool_adopted=("Verktøy tatt i bruk", "Verktøy teke i bruk", "Tool adopted"),
    tool_rejected=("Verktøy valgt bort", "Verktøy valt bort", "Tool rejected"),
    other=("Annet", "Anna", "Other"),
)
DECIDERS = code_list(
    "decider",
    teachers=("Lærerne", "Lærarane", "Teachers"),
    process_leaders=("Prosesslederne", "Prosessleiarane", "Process leaders"),
    development_group=("Utviklingsgruppa", "Utviklingsgruppa", "Development group"),
    leadership=("Skoleledelsen", "Skuleleiinga", "School leadership"),
    full_staff=("Samlet kollegium", "Samla kollegium", "Full staff"),
    teacher_educators=("Lærerutdannerne", "Lærarutdannarane", "Teacher educators"),
    school_owner=("Skoleeier", "Skuleeigar", "School owner"),
    joint=("Sammen", "Saman", "Jointly"),
    unknown=("Ikke kjent", "Ikkje kjent", "Not known"),
)
DECISION_BASES = code_list(
    "decision_basis",
    mirror_data=("Speildata", "Speildata", "Mirror data"),
    log=("Logg", "Logg", "Log"),
    experience=("Erfaring", "Erfaring", "Experience"),
    evaluation=("Evaluering", "Evaluering", "Evaluation"),
    steering_document=("Styringsdokument", "Styringsdokument", "Steering document"),
    external_requirement=("Ytre krav", "Ytre krav", "External requirement"),
    none_stated=("Ikke oppgitt", "Ikkje oppgitt", "Not stated"),
)


def _present(
    name: str, meaning: str, label: tuple[str, str, str], *, required: bool = False
) -> sa.Column[int]:
    return column(name, sa.Integer, meaning, label, COUNT, required=required, unit="persons", example="7")


meeting = delivery_table(
    "meeting",
    "Meetings, one row each, with headcounts per role and the arena they belong to.",
    school_id(),
    column(
        "meeting_id",
        sa.Text,
        "Code of the meeting.",
        ("Møte-ID", "Møte-ID", "Meeting ID"),
        ID_FORM,
        required=True,
        example="M-2025-01",
    ),
    column(
        "meeting_date",
        sa.Date,
        "Date of the meeting.",
        ("Møtedato", "Møtedato", "Meeting date"),
        DateBetween(),
        required=True,
        example="2025-10-15",
    ),
    column(
        "arena",
        sa.Text,
        "The arena the meeting belongs to.",
        ("Arena", "Arena", "Arena"),
        OneOf(codes=ARENAS),
        required=True,
        example="full_staff",
    ),
    dated_school_year(),
    loop_no(required=False),
    column(
        "loop_relation",
        sa.Text,
        "When the meeting was held, seen from the loop.",
        ("Tidspunkt", "Tidspunkt", "Relation to the loop"),
        OneOf(codes=LOOP_RELATIONS),
        required=True,
        example="after",
    ),
    column(
        "minutes",
        sa.Integer,
        "Length of the meeting, counted once however many teams were there.",
        ("Varighet", "Lengd", "Length"),
        Between(low=1, high=1440),
        required=True,
        unit="minutes",
        example="120",
    ),
    column(
        "group_format",
        sa.Text,
        "How the participants were grouped.",
        ("Gruppering", "Gruppering", "Grouping"),
        OneOf(codes=GROUP_FORMATS),
        example="mixed",
    ),
    _present(
        "teachers_n",
        "Number of teachers present.",
        ("Antall lærere til stede", "Tal på lærarar til stades", "Teachers present"),
    ),
    _present(
        "process_leaders_n",
        "Number of process leaders present.",
        ("Antall prosessledere til stede", "Tal på prosessleiarar til stades", "Process leaders present"),
    ),
    _present(
        "leaders_n",
        "Number of school leaders present.",
        ("Antall ledere til stede", "Tal på leiarar til stades", "School leaders present"),
    ),
    _present(
        "teacher_educators_n",
        "Number of teacher educators present.",
        ("Antall lærerutdannere til stede", "Tal på lærarutdannarar til stades", "Teacher educators present"),
        required=True,
    ),
    column(
        "teams_represented_n",
        sa.Integer,
        "Number of teams that were represented.",
        ("Antall team representert", "Tal på team representerte", "Teams represented"),
        COUNT,
        unit="teams",
        example="7",
    ),
    column(
        "te_mode",
        sa.Text,
        "The teacher educators' part in the meeting.",
        ("Lærerutdanners rolle", "Rolla til lærarutdannar", "Teacher educators' role"),
        OneOf(codes=TE_MODES),
        required=True,
        example="took_part",
    ),
    sheet=("Møter", "Møte", "Meetings"),
    sender="school",
    period="occasion",
    key=("school_id", "meeting_id"),
    rules=(
        RequiredWhen(then="loop_no", when="loop_relation", values=("before", "during", "after")),
        RequiredWhen(then="teams_represented_n", when="arena", values=("development_group",)),
    ),
    file_type="meetings",
)

meeting_activity = delivery_table(
    "meeting_activity",
    "What was done in a meeting, one row per activity.",
    column(
        "meeting_id",
        sa.Text,
        "Code of the meeting.",
        ("Møte-ID", "Møte-ID", "Meeting ID"),
        ID_FORM,
        required=True,
        example="M-2025-01",
    ),
    column(
        "activity_code",
        sa.Text,
        "The activity.",
        ("Aktivitet", "Aktivitet", "Activity"),
        OneOf(codes=ACTIVITIES),
        required=True,
        example="mirror_data",
    ),
    column(
        "led_by",
        sa.Text,
        "Who led the activity.",
        ("Ledet av", "Leia av", "Led by"),
        OneOf(codes=LED_BY),
        example="process_leader",
    ),
    sheet=("Møteaktiviteter", "Møteaktivitetar", "Meeting activities"),
    sender="school",
    period="occasion",
    key=("meeting_id", "activity_code"),
    file_type="meeting_activities",
)

decision = delivery_table(
    "decision",
    "Choices and decisions: who proposed, who decided, and on what basis.",
    school_id(),
    column(
        "decision_id",
        sa.Text,
        "Code of the decision.",
        ("Beslutning-ID", "Avgjerd-ID", "Decision ID"),
        ID_FORM,
        required=True,
        example="B-01",
    ),
    column(
        "decided_on",
        sa.Date,
        "Date of the decision.",
        ("Dato", "Dato", "Decided on"),
        DateBetween(),
        required=True,
        example="2025-11-03",
    ),
    dated_school_year(),
    column("meeting_id", sa.Text, "Meeting in which it was decided.", ("Møte", "Møte", "Meeting"), ID_FORM),
    column(
        "decision_type",
        sa.Text,
        "What the decision is about.",
        ("Type", "Type", "Type"),
        OneOf(codes=DECISION_TYPES),
        required=True,
        example="template",
    ),
    column(
        "proposed_by",
        sa.Text,
        "Who proposed it.",
        ("Foreslått av", "Føreslått av", "Proposed by"),
        OneOf(codes=DECIDERS),
        required=True,
        example="teachers",
    ),
    column(
        "decided_by",
        sa.Text,
        "Who decided it.",
        ("Besluttet av", "Vedteke av", "Decided by"),
        OneOf(codes=DECIDERS),
        required=True,
        example="full_staff",
    ),
    column(
        "based_on",
        sa.Text,
        "What it rests on; several are separated by spaces.",
        ("Grunnlag", "Grunnlag", "Based on"),
        EachOneOf(codes=DECISION_BASES),
        example="mirror_data experience",
    ),
    column(
        "mirror_id",
        sa.Text,
        "Mirror item that led to it.",
        ("Speildata-ID", "Speildata-ID", "Mirror ID"),
        ID_FORM,
    ),
    column(
        "effective_loop_no",
        sa.Integer,
        "First loop in which it takes effect.",
        ("Gjelder fra sløyfe", "Gjeld frå sløyfe", "Takes effect in loop"),
        Between(low=1, high=200),
    ),
    column(
        "confirmed_by_both",
        sa.Text,
        "Whether both parties confirm the record.",
        ("Bekreftet av begge parter", "Stadfesta av begge partar", "Confirmed by both parties"),
        OneOf(codes=YES_NO),
    ),
    sheet=("Beslutninger", "Avgjerder", "Decisions"),
    sender="school",
    period="occasion",
    key=("school_id", "decision_id"),
    file_type="decisions",
)
