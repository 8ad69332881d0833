"""Mirror data and what people answer to it: items, presentations, member checks, and notes on the work.

Belongs here: delivery tables F13, F14, F15.
Does not belong here: meetings (`meetings.py`), coded counts (`codings.py`).

An item says how many teams have an example, never which. A note is a code with evidence, never a text.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from innenfra.contracts.declare import column, delivery_table
from innenfra.contracts.rules import AtMost, Between, CodeOfKind, DateBetween, OneOf, RequiredWhen
from innenfra.contracts.vocabulary import (
    COUNT,
    ID_FORM,
    YES_NO,
    dated_school_year,
    loop_no,
    partnership_id,
    school_id,
    school_year,
)
from innenfra.contracts.words import code_list

DIMENSIONS = code_list(
    "mirror_dimension",
    content=("Innhold", "Innhald", "Content"),
    form=("Form", "Form", "Form"),
    structure=("Struktur", "Struktur", "Structure"),
)
FORMS = code_list(
    "mirror_form",
    statement=("Utsagn", "Utsegn", "Statement"),
    question=("Spørsmål", "Spørsmål", "Question"),
    visual=("Bilde", "Bilete", "Visual"),
)
CHECKED_OBJECTS = code_list(
    "checked_object",
    mirror=("Speildata", "Speildata", "Mirror data"),
    narrative=("Fortelling", "Forteljing", "Narrative"),
    indicator_sheet=("Indikatorark", "Indikatorark", "Indicator sheet"),
)
CHECK_GROUPS = code_list(
    "check_group",
    development_group=("Utviklingsgruppe", "Utviklingsgruppe", "Development group"),
    full_staff=("Samlet kollegium", "Samla kollegium", "Full staff"),
    leadership=("Skoleledelse", "Skuleleiing", "School leadership"),
    participants=("Deltakere", "Deltakarar", "Participants"),
)
CHECK_OUTCOMES = code_list(
    "check_outcome",
    recognised=("Gjenkjent", "Kjend att", "Recognised"),
    partly=("Delvis gjenkjent", "Delvis kjend att", "Partly recognised"),
    not_recognised=("Ikke gjenkjent", "Ikkje kjend att", "Not recognised"),
    no_response=("Uten svar", "Utan svar", "No response"),
)
NOTE_TYPES = code_list(
    "note_type",
    change_phase=("Endringsfase", "Endringsfase", "Change phase"),
    expansive_phase=("Ekspansiv fase", "Ekspansiv fase", "Expansive phase"),
    tension=("Spenning", "Spenning", "Tension"),
    zone=("Utviklingssone", "Utviklingssone", "Zone of development"),
    tool_introduction=("Verktøy tatt i bruk", "Verktøy teke i bruk", "Tool introduced"),
    tool_use=("Verktøy brukt", "Verktøy brukt", "Tool used"),
    knowledge_input=("Faglig innspill", "Fagleg innspel", "Knowledge input"),
    artefact=("Kunnskapsprodukt", "Kunnskapsprodukt", "Artefact"),
    publication=("Publikasjon", "Publikasjon", "Publication"),
)
CHANGE_PHASES = code_list(
    "change_phase",
    initiation=("Initiering", "Initiering", "Initiation"),
    implementation=("Implementering", "Implementering", "Implementation"),
    institutionalisation_evidence=(
        "Belegg for institusjonalisering",
        "Belegg for institusjonalisering",
        "Evidence of institutionalisation",
    ),
    counter_evidence=("Belegg for det motsatte", "Belegg for det motsette", "Counter-evidence"),
    no_basis_for_claim=(
        "Ikke grunnlag for å si noe",
        "Ikkje grunnlag for å seie noko",
        "No basis for a claim",
    ),
    not_assessed=("Ikke vurdert", "Ikkje vurdert", "Not assessed"),
)
EXPANSIVE_PHASES = code_list(
    "expansive_phase",
    questioning=("Stille spørsmål ved praksis", "Stille spørsmål ved praksis", "Questioning practice"),
    analysis=("Analyse av nåtid og fortid", "Analyse av notid og fortid", "Analysis of now and before"),
    modelling_new_practice=("Utforme ny praksis", "Utforme ny praksis", "Modelling new practice"),
    examining_the_model=("Undersøke modellen", "Undersøkje modellen", "Examining the model"),
    trying_and_implementing=("Prøve ut og iverksette", "Prøve ut og setje i verk", "Trying and implementing"),
    reflection=("Reflektere over prosessen", "Reflektere over prosessen", "Reflecting on the process"),
    consolidation=("Konsolidere", "Konsolidere", "Consolidation"),
)
"""Of the circle with six phases and of the one with seven, in which the model is examined by itself."""
KNOWLEDGE_TOPICS = code_list(
    "knowledge_topic",
    lesson_study=("Lesson Study", "Lesson Study", "Lesson Study"),
    lesson_planning=("Undervisningsplanlegging", "Undervisningsplanlegging", "Lesson planning"),
    observation=("Observasjon", "Observasjon", "Observation"),
    professional_learning_communities=(
        "Profesjonelle læringsfellesskap",
        "Profesjonelle læringsfellesskap",
        "Professional learning communities",
    ),
    inquiry_based_processes=(
        "Utforskende læringsprosesser",
        "Utforskande læringsprosessar",
        "Inquiry-based learning processes",
    ),
    development_leadership=("Utviklingsledelse", "Utviklingsleiing", "Leading development"),
)
CONTENT_TOPICS = code_list(
    "content_topic",
    lesson_planning=("Undervisningsplanlegging", "Undervisningsplanlegging", "Lesson planning"),
    observation=("Observasjon", "Observasjon", "Observation"),
    pupil_participation=("Elevmedvirkning", "Elevmedverknad", "Pupil participation"),
    recognition=("Anerkjennelse", "Anerkjenning", "Recognition"),
    pupil_collaboration=("Elevsamarbeid", "Elevsamarbeid", "Pupil collaboration"),
    language_development=("Språkutvikling", "Språkutvikling", "Language development"),
    inquiry_based_work=("Utforskende arbeidsformer", "Utforskande arbeidsformer", "Inquiry-based work"),
    learning_conversations=("Læringssamtaler", "Læringssamtalar", "Learning conversations"),
)
PROCESS_TOPICS = code_list(
    "process_topic",
    slow_practical_planning=(
        "Bremse praktisk planlegging",
        "Bremse praktisk planlegging",
        "Slowing practical planning",
    ),
    keep_shared_focus=("Holde felles fokus", "Halde felles fokus", "Keeping a shared focus"),
    inviting_questions=(
        "Stille inviterende spørsmål",
        "Stille inviterande spørsmål",
        "Asking inviting questions",
    ),
)
NOTE_CODES = (
    ("change_phase", CHANGE_PHASES),
    ("expansive_phase", EXPANSIVE_PHASES),
    ("knowledge_input", KNOWLEDGE_TOPICS),
)
"""The codes of the kinds of note that have a list; tools, tensions, zones and products have a name of their
own."""
TOPICS = (("content", CONTENT_TOPICS), ("form", PROCESS_TOPICS), ("structure", PROCESS_TOPICS))
INTRODUCED_BY = code_list(
    "introduced_by",
    teacher_educator=("Lærerutdanner", "Lærarutdannar", "Teacher educator"),
    practitioners=("Praktikerne", "Praktikarane", "Practitioners"),
    joint=("Sammen", "Saman", "Jointly"),
)


def _id(
    name: str, meaning: str, label: tuple[str, str, str], *, required: bool = True, example: str | None = None
) -> sa.Column[Any]:
    return column(name, sa.Text, meaning, label, ID_FORM, required=required, example=example)


mirror_item = delivery_table(
    "mirror_item",
    "Items of mirror data from one loop: what about, in which form, and how many teams have an example.",
    school_id(),
    partnership_id(),
    loop_no(),
    _id(
        "mirror_id", "Code of the item.", ("Speildata-ID", "Speildata-ID", "Mirror item ID"), example="S-3-1"
    ),
    column(
        "dimension",
        sa.Text,
        "Dimension of the item.",
        ("Dimensjon", "Dimensjon", "Dimension"),
        OneOf(codes=DIMENSIONS),
        required=True,
    ),
    _id(
        "topic_code",
        "Topic of the item; the partnership's own topics begin with local.",
        ("Tema", "Tema", "Topic"),
        required=False,
        example="observation",
    ),
    column(
        "form",
        sa.Text,
        "Form the item is given.",
        ("Form", "Form", "Form"),
        OneOf(codes=FORMS),
        required=True,
    ),
    column(
        "desired_practice",
        sa.Text,
        "Whether it shows practice that the school wants.",
        ("Ønsket praksis", "Ønskt praksis", "Desired practice"),
        OneOf(codes=YES_NO),
    ),
    column(
        "seed",
        sa.Text,
        "Whether it shows a first sign of something new.",
        ("Spire", "Spire", "Seed"),
        OneOf(codes=YES_NO),
    ),
    column(
        "all_teams_included",
        sa.Text,
        "Whether every team with data is in it.",
        ("Alle team med", "Alle team med", "All teams included"),
        OneOf(codes=YES_NO),
    ),
    column(
        "teams_with_example_n",
        sa.Integer,
        "Teams with an example in it.",
        ("Team med eksempel", "Team med døme", "Teams with an example"),
        COUNT,
    ),
    column(
        "teams_with_data_n",
        sa.Integer,
        "Teams with data in the loop.",
        ("Team med data", "Team med data", "Teams with data"),
        COUNT,
    ),
    column(
        "first_presented_on",
        sa.Date,
        "Day it was first presented; empty until then.",
        ("Først vist", "Først vist", "First presented"),
        DateBetween(),
    ),
    sheet=("Speildata", "Speildata", "Mirror data"),
    sender="university",
    period="loop",
    key=("school_id", "mirror_id"),
    rules=(
        AtMost(part="teams_with_example_n", whole="teams_with_data_n"),
        CodeOfKind(of="topic_code", kind="dimension", lists=TOPICS, local=("content", "form", "structure")),
    ),
    file_type="mirror_items",
)

mirror_presentation = delivery_table(
    "mirror_presentation",
    "Meetings in which an item of mirror data was shown; one item may be shown in several.",
    _id("mirror_id", "The item.", ("Speildata-ID", "Speildata-ID", "Mirror item ID"), example="S-3-1"),
    _id("meeting_id", "The meeting.", ("Møte-ID", "Møte-ID", "Meeting ID"), example="M-12"),
    sheet=("Visninger av speildata", "Visingar av speildata", "Presentations of mirror data"),
    sender="university",
    period="occasion",
    key=("mirror_id", "meeting_id"),
    file_type="mirror_presentations",
)

member_check = delivery_table(
    "member_check",
    "What people answered when they were asked whether they recognise themselves.",
    school_id(),
    column(
        "object_type",
        sa.Text,
        "What was checked.",
        ("Hva", "Kva", "What"),
        OneOf(codes=CHECKED_OBJECTS),
        required=True,
    ),
    _id("object_id", "Code of what was checked.", ("ID", "ID", "ID"), example="S-3-1"),
    column(
        "checked_on", sa.Date, "Day of the check.", ("Dato", "Dato", "Date"), DateBetween(), required=True
    ),
    dated_school_year(),
    column(
        "group",
        sa.Text,
        "Who were asked.",
        ("Gruppe", "Gruppe", "Group"),
        OneOf(codes=CHECK_GROUPS),
        required=True,
    ),
    column("n", sa.Integer, "How many took part.", ("Antall", "Talet på", "Number"), COUNT),
    column(
        "outcome",
        sa.Text,
        "What they answered.",
        ("Utfall", "Utfall", "Outcome"),
        OneOf(codes=CHECK_OUTCOMES),
        required=True,
    ),
    column(
        "revised",
        sa.Text,
        "Whether it was revised afterwards.",
        ("Endret etterpå", "Endra etterpå", "Revised afterwards"),
        OneOf(codes=YES_NO),
    ),
    sheet=("Gjennomsyn", "Gjennomsyn", "Member checks"),
    sender="partnership",
    period="occasion",
    key=("school_id", "object_type", "object_id", "checked_on", "group"),
    file_type="member_checks",
)

note = delivery_table(
    "note",
    "Notes that both parties agree on: phases of change, tools brought in and used, tensions, products."
    " Codes, never text.",
    school_id(),
    partnership_id(),
    column(
        "note_type",
        sa.Text,
        "Kind of note.",
        ("Type", "Type", "Type"),
        OneOf(codes=NOTE_TYPES),
        required=True,
    ),
    _id(
        "code",
        "What the note is about; for a phase the phase itself, for a subject of input one of the list or one"
        " that begins with local.",
        ("Kode", "Kode", "Code"),
        example="implementation",
    ),
    school_year(required=False),
    column(
        "first_loop_no",
        sa.Integer,
        "First loop the note is about.",
        ("Fra sløyfe", "Frå sløyfe", "From loop"),
        Between(low=1, high=200),
    ),
    column(
        "without_te",
        sa.Text,
        "For a tool that was used: whether no teacher educator was there.",
        ("Uten lærerutdanner", "Utan lærarutdannar", "Without a teacher educator"),
        OneOf(codes=YES_NO),
    ),
    column(
        "rejected_by_practitioners",
        sa.Text,
        "For a tool: whether the practitioners chose not to use it.",
        ("Valgt bort av praktikerne", "Valt bort av praktikarane", "Rejected by practitioners"),
        OneOf(codes=YES_NO),
    ),
    column(
        "introduced_by",
        sa.Text,
        "For a tool: who brought it in; empty means a teacher educator.",
        ("Innført av", "Innført av", "Introduced by"),
        OneOf(codes=INTRODUCED_BY),
        example="teacher_educator",
    ),
    _id(
        "evidence_ref",
        "What the note rests on: a meeting, a decision or a mirror item.",
        ("Belegg", "Belegg", "Evidence"),
        required=False,
    ),
    column(
        "agreed_by_both",
        sa.Text,
        "Whether both parties agree on the note.",
        ("Begge er enige", "Begge er samde", "Both agree"),
        OneOf(codes=YES_NO),
        required=True,
    ),
    sheet=("Notater", "Notat", "Notes"),
    sender="partnership",
    period="whole",
    key=("school_id", "partnership_id", "note_type", "code", "school_year", "first_loop_no"),
    rules=(
        RequiredWhen(then="first_loop_no", when="note_type", values=("tool_introduction", "tool_use")),
        CodeOfKind(of="code", kind="note_type", lists=NOTE_CODES, local=("knowledge_input",)),
    ),
    file_type="notes",
)
