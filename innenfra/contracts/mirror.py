"""Mirror data and what people answer to it: items, presentations, member checks, and notes on the work.

Belongs here: delivery tables F13, F14, F15.
Does not belong here: meetings (`meetings.py`), coded counts (`codings.py`).

An item says how many teams have an example, never which. A note is a code with evidence, never a text.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from innenfra.contracts.declare import column, delivery_table
from innenfra.contracts.rules import AtMost, Between, DateBetween, OneOf, RequiredWhen
from innenfra.contracts.vocabulary import COUNT, ID_FORM, YES_NO, dated_school_year, loop_no, partnership_id, school_id, school_year
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
INTRODUCED_BY = code_list(
    "introduced_by",
    teacher_educator=("Lærerutdanner", "Lærarutdannar", "Teacher educator"),
    practitioners=("Praktikerne", "Praktikarane", "Practitioners"),
    joint=("Sammen", "Saman", "Jointly"),
)
CHANGE_PHASES = ("initiation", "implementation", "institutionalisation_evidence", "counter_evidence", "no_basis_for_claim", "not_assessed")
"""Codes of a note of type `change_phase`."""


def _id(name: str, meaning: str, label: tuple[str, str, str], *, required: bool = True, example: str | None = None) -> sa.Column[Any]:
    return column(name, sa.Text, meaning, label, ID_FORM, required=required, example=example)


mirror_item = delivery_table(
    "mirror_item",
    "Items of mirror data from one loop: what about, in which form, and how many teams have an example.",
    school_id(),
    partnership_id(),
    loop_no(),
    _id("mirror_id", "Code of the item.", ("Speildata-ID", "Speildata-ID", "Mirror item ID"), example="S-3-1"),
    column("dimension", sa.Text, "Dimension of the item.", ("Dimensjon", "Dimensjon", "Dimension"), OneOf(codes=DIMENSIONS), required=True),
    _id("topic_code", "Topic of the item, in the partnership's own codes.", ("Tema", "Tema", "Topic"), required=False),
    column("form", sa.Text, "Form the item is given.", ("Form", "Form", "Form"), OneOf(codes=FORMS), required=True),
    column(
        "desired_practice",
        sa.Text,
        "Whether it shows practice that the school wants.",
        ("Ønsket praksis", "Ønskt praksis", "Desired practice"),
        OneOf(codes=YES_NO),
    ),
    column("seed", sa.Text, "Whether it shows a first sign of something new.", ("Spire", "Spire", "Seed"), OneOf(codes=YES_NO)),
    column(
        "all_teams_included", sa.Text, "Whether every team with data is in it.", ("Alle team med", "Alle team med", "All teams included"), OneOf(codes=YES_NO)
    ),
    column("teams_with_example_n", sa.Integer, "Teams with an example in it.", ("Team med eksempel", "Team med døme", "Teams with an example"), COUNT),
    column("teams_with_data_n", sa.Integer, "Teams with data in the loop.", ("Team med data", "Team med data", "Teams with data"), COUNT),
    column("first_presented_on", sa.Date, "Day it was first presented; empty until then.", ("Først vist", "Først vist", "First presented"), DateBetween()),
    sheet=("Speildata", "Speildata", "Mirror data"),
    sender="university",
    period="loop",
    key=("school_id", "mirror_id"),
    rules=(AtMost(part="teams_with_example_n", whole="teams_with_data_n"),),
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
    column("object_type", sa.Text, "What was checked.", ("Hva", "Kva", "What"), OneOf(codes=CHECKED_OBJECTS), required=True),
    _id("object_id", "Code of what was checked.", ("ID", "ID", "ID"), example="S-3-1"),
    column("checked_on", sa.Date, "Day of the check.", ("Dato", "Dato", "Date"), DateBetween(), required=True),
    dated_school_year(),
    column("group", sa.Text, "Who were asked.", ("Gruppe", "Gruppe", "Group"), OneOf(codes=CHECK_GROUPS), required=True),
    column("n", sa.Integer, "How many took part.", ("Antall", "Talet på", "Number"), COUNT),
    column("outcome", sa.Text, "What they answered.", ("Utfall", "Utfall", "Outcome"), OneOf(codes=CHECK_OUTCOMES), required=True),
    column("revised", sa.Text, "Whether it was revised afterwards.", ("Endret etterpå", "Endra etterpå", "Revised afterwards"), OneOf(codes=YES_NO)),
    sheet=("Gjennomsyn", "Gjennomsyn", "Member checks"),
    sender="partnership",
    period="occasion",
    key=("school_id", "object_type", "object_id", "checked_on", "group"),
    file_type="member_checks",
)

note = delivery_table(
    "note",
    "Notes that both parties agree on: phases of change, tools brought in and used, tensions, products. Codes, never text.",
    school_id(),
    partnership_id(),
    column("note_type", sa.Text, "Kind of note.", ("Type", "Type", "Type"), OneOf(codes=NOTE_TYPES), required=True),
    _id("code", "What the note is about; for a change phase the phase itself.", ("Kode", "Kode", "Code"), example="implementation"),
    school_year(required=False),
    column("first_loop_no", sa.Integer, "First loop the note is about.", ("Fra sløyfe", "Frå sløyfe", "From loop"), Between(low=1, high=200)),
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
    _id("evidence_ref", "What the note rests on: a meeting, a decision or a mirror item.", ("Belegg", "Belegg", "Evidence"), required=False),
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
    rules=(RequiredWhen(then="first_loop_no", when="note_type", values=("tool_introduction", "tool_use")),),
    file_type="notes",
)
