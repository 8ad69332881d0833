"""What the universities code with and by: log forms, codebooks, crosswalks, templates, and counts of coded
units.

Belongs here: delivery tables F9, F10, F11, F12.
Does not belong here: the logs' answers (`logs.py`), which phases were used (`loops.py`).

Forms, codebooks and templates are the university's own, but come with the delivery of a school: the
school of the delivery says where they were used, the version's code is the same everywhere. No segment
of text, no team and no speaker has a column here.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from innenfra.contracts.arenas import MODEL_ARENAS
from innenfra.contracts.declare import column, delivery_table
from innenfra.contracts.rules import AtMost, Between, MaxLength, OneOf
from innenfra.contracts.vocabulary import (
    COUNT,
    ID_FORM,
    ID_LIST_FORM,
    MINUTES,
    YES_NO,
    loop_no,
    partnership_id,
    school_id,
    school_year,
)
from innenfra.contracts.words import code_list

CANONICAL_PHASES = code_list(
    "canonical_phase",
    pre_analysis=("Preanalyse", "Preanalyse", "Pre-analysis"),
    idea_generation=("Idéutvikling", "Idéutvikling", "Idea generation"),
    lesson_design=("Planlegging av timen", "Planlegging av timen", "Lesson design"),
    enactment_observation=(
        "Gjennomføring og observasjon",
        "Gjennomføring og observasjon",
        "Enactment and observation",
    ),
    post_analysis=("Etteranalyse", "Etteranalyse", "Post-analysis"),
    none=("Ingen av fasene", "Ingen av fasane", "None of the phases"),
)
LOG_THEMES = code_list(
    "log_theme",
    experience=("Opplevelse", "Oppleving", "Experience"),
    benefit=("Utbytte", "Utbytte", "Benefit"),
    te_participation=(
        "Lærerutdannernes deltakelse",
        "Deltakinga til lærarutdannarane",
        "Teacher educators' participation",
    ),
    transfer=(
        "Overføring til egen undervisning",
        "Overføring til eiga undervisning",
        "Transfer to own teaching",
    ),
    process=("Prosess", "Prosess", "Process"),
    other=("Annet", "Anna", "Other"),
)
SCALES = code_list(
    "log_scale",
    ordered=("Ordnede svar", "Ordna svar", "Ordered answers"),
    unordered=("Svar uten rekkefølge", "Svar utan rekkjefølgje", "Unordered answers"),
)
CODE_CATEGORIES = code_list(
    "code_category",
    emotional_support=("Emosjonell støtte", "Emosjonell støtte", "Emotional support"),
    organisational_support=("Organisatorisk støtte", "Organisatorisk støtte", "Organisational support"),
    process_support=("Prosesstøtte", "Prosesstøtte", "Process support"),
    talk=("Samtalens retning", "Retninga i samtalen", "Direction of talk"),
    stance=("Bekreftende eller utfordrende", "Stadfestande eller utfordrande", "Confirming or challenging"),
    local=("Lokal kode", "Lokal kode", "Local code"),
)
CODE_LEVELS = code_list(
    "code_level",
    category=("Kategori", "Kategori", "Category"),
    subcategory=("Underkategori", "Underkategori", "Subcategory"),
)
CANONICAL_CODES = code_list(
    "canonical_code",
    meaning_oriented=("Meningsorientert", "Meiningsorientert", "Meaning-oriented"),
    action_oriented=("Handlingsorientert", "Handlingsorientert", "Action-oriented"),
    confirming_only=("Bare bekreftende", "Berre stadfestande", "Confirming only"),
    challenging_only=("Bare utfordrende", "Berre utfordrande", "Challenging only"),
    both=("Både bekreftende og utfordrende", "Både stadfestande og utfordrande", "Both"),
)
RELATIONS = code_list(
    "code_relation",
    same=("Samme", "Same", "Same"),
    broader=("Videre", "Vidare", "Broader"),
    narrower=("Smalere", "Smalare", "Narrower"),
    related=("Beslektet", "I slekt", "Related"),
    none=("Ingen", "Ingen", "None"),
)
CODED_BY = code_list(
    "coded_by",
    participating_te=(
        "Lærerutdanner som deltok",
        "Lærarutdannar som deltok",
        "Teacher educator who took part",
    ),
    other_te=("Annen lærerutdanner", "Annan lærarutdannar", "Another teacher educator"),
    external=("Utenforstående", "Utanforståande", "Outsider"),
    joint=("Sammen", "Saman", "Jointly"),
)
AGREEMENT_MEASURES = code_list(
    "agreement_measure",
    krippendorff_alpha=("Krippendorffs alfa", "Krippendorffs alfa", "Krippendorff's alpha"),
    cohen_kappa=("Cohens kappa", "Cohens kappa", "Cohen's kappa"),
    percent=("Prosent enighet", "Prosent semje", "Per cent agreement"),
)


def _code(
    name: str, meaning: str, label: tuple[str, str, str], *, required: bool = True, example: str | None = None
) -> sa.Column[Any]:
    return column(name, sa.Text, meaning, label, ID_FORM, required=required, example=example)


def _instrument() -> sa.Column[Any]:
    return _code(
        "log_instrument_version_id",
        "Version of the log form.",
        ("Skjemaversjon", "Skjemaversjon", "Form version"),
        example="LOGG-v2",
    )


def _codebook_version() -> sa.Column[Any]:
    return _code(
        "codebook_version_id",
        "Version of the codebook.",
        ("Kodebokversjon", "Kodebokversjon", "Codebook version"),
        example="SJO-v1",
    )


def _template_version() -> sa.Column[Any]:
    return _code(
        "template_version_id",
        "Version of the process template.",
        ("Malversjon", "Malversjon", "Template version"),
        example="M1-v3",
    )


template_version = delivery_table(
    "template_version",
    "Versions of the process template, one row per phase, with what each phase answers to in the common"
    " model.",
    _code("template_id", "The template that the version is of.", ("Mal", "Mal", "Template"), example="M1"),
    _template_version(),
    column(
        "phase_no",
        sa.Integer,
        "Number of the phase in this version.",
        ("Fase nr.", "Fase nr.", "Phase no."),
        Between(low=1, high=30),
        required=True,
        example="1",
    ),
    _code(
        "phase_code",
        "The template's own code of the phase.",
        ("Fasekode", "Fasekode", "Phase code"),
        required=False,
    ),
    column(
        "canonical_phase",
        sa.Text,
        "The phase of the common model that it answers to.",
        ("Felles fase", "Felles fase", "Common phase"),
        OneOf(codes=CANONICAL_PHASES),
        required=True,
    ),
    column(
        "prompts_n",
        sa.Integer,
        "Number of prompts in the phase.",
        ("Antall spørsmål i fasen", "Talet på spørsmål i fasen", "Prompts in the phase"),
        Between(low=0, high=100),
    ),
    column(
        "first_loop_no",
        sa.Integer,
        "First loop in which the version was used.",
        ("Fra sløyfe", "Frå sløyfe", "From loop"),
        Between(low=1, high=200),
    ),
    _code(
        "developed_in_meeting_id",
        "Meeting in which the version was developed.",
        ("Utviklet i møte", "Utvikla i møte", "Developed in meeting"),
        required=False,
    ),
    column(
        "based_on_mirror",
        sa.Text,
        "Whether mirror data led to the version.",
        ("Bygger på speildata", "Byggjer på speildata", "Based on mirror data"),
        OneOf(codes=YES_NO),
    ),
    sheet=("Malversjoner", "Malversjonar", "Template versions"),
    sender="university",
    period="whole",
    key=("template_version_id", "phase_no"),
    file_type="template_versions",
)

log_instrument = delivery_table(
    "log_instrument",
    "Log forms, one row per item, with theme, answers in order, and the item it follows from in an earlier"
    " version.",
    _code(
        "log_instrument_id",
        "The log form that the version is of.",
        ("Loggskjema", "Loggskjema", "Log form"),
        example="LOGG",
    ),
    _instrument(),
    _code("item_id", "Code of the item.", ("Spørsmål", "Spørsmål", "Item"), example="erfaring"),
    column(
        "theme",
        sa.Text,
        "What the item is about.",
        ("Tema", "Tema", "Theme"),
        OneOf(codes=LOG_THEMES),
        required=True,
    ),
    column(
        "scale",
        sa.Text,
        "Whether the answers have an order.",
        ("Skala", "Skala", "Scale"),
        OneOf(codes=SCALES),
        required=True,
    ),
    column(
        "answer_codes",
        sa.Text,
        "The answer codes in their order, separated by spaces.",
        ("Svarkoder", "Svarkodar", "Answer codes"),
        ID_LIST_FORM,
        required=True,
        example="1 2 3 4 5",
    ),
    column(
        "wording_nb",
        sa.Text,
        "Wording in bokmål.",
        ("Ordlyd, bokmål", "Ordlyd, bokmål", "Wording, bokmål"),
        MaxLength(characters=400),
    ),
    column(
        "wording_nn",
        sa.Text,
        "Wording in nynorsk.",
        ("Ordlyd, nynorsk", "Ordlyd, nynorsk", "Wording, nynorsk"),
        MaxLength(characters=400),
    ),
    column(
        "wording_en",
        sa.Text,
        "Wording in English.",
        ("Ordlyd, engelsk", "Ordlyd, engelsk", "Wording, English"),
        MaxLength(characters=400),
    ),
    _code(
        "predecessor_version_id",
        "Version of the form with the item this one follows from.",
        ("Fra skjemaversjon", "Frå skjemaversjon", "From form version"),
        required=False,
    ),
    _code(
        "predecessor_item_id",
        "The item this one follows from.",
        ("Fra spørsmål", "Frå spørsmål", "From item"),
        required=False,
    ),
    column(
        "same_meaning",
        sa.Text,
        "Whether it still means the same.",
        ("Samme mening", "Same meining", "Same meaning"),
        OneOf(codes=YES_NO),
    ),
    sheet=("Loggskjemaer", "Loggskjema", "Log forms"),
    sender="university",
    period="whole",
    key=("log_instrument_version_id", "item_id"),
    file_type="log_instruments",
)

codebook = delivery_table(
    "codebook",
    "Codebooks, one row per code of a version.",
    _code(
        "codebook_id",
        "The codebook that the version is of.",
        ("Kodebok", "Kodebok", "Codebook"),
        example="SJO",
    ),
    _codebook_version(),
    _code("code", "The code.", ("Kode", "Kode", "Code"), example="E1"),
    column(
        "category",
        sa.Text,
        "Main category of the code.",
        ("Hovedkategori", "Hovudkategori", "Main category"),
        OneOf(codes=CODE_CATEGORIES),
        required=True,
    ),
    column(
        "level",
        sa.Text,
        "Whether the code is a whole category or one of its subcategories.",
        ("Nivå", "Nivå", "Level"),
        OneOf(codes=CODE_LEVELS),
        required=True,
    ),
    column(
        "canonical_code",
        sa.Text,
        "What the code answers to, for direction of talk and stance.",
        ("Felles kode", "Felles kode", "Common code"),
        OneOf(codes=CANONICAL_CODES),
    ),
    column(
        "label_nb",
        sa.Text,
        "Label in bokmål.",
        ("Navn, bokmål", "Namn, bokmål", "Label, bokmål"),
        MaxLength(characters=200),
    ),
    sheet=("Kodebøker", "Kodebøker", "Codebooks"),
    sender="university",
    period="whole",
    key=("codebook_version_id", "code"),
    file_type="codebooks",
)

code_crosswalk = delivery_table(
    "code_crosswalk",
    "How the codes of one codebook answer to those of another; only what has been reviewed opens for"
    " comparison.",
    _code(
        "from_codebook_version_id",
        "Codebook version that is carried over.",
        ("Fra kodebokversjon", "Frå kodebokversjon", "From codebook version"),
    ),
    _code("from_code", "Code in it.", ("Fra kode", "Frå kode", "From code")),
    _code(
        "to_codebook_version_id",
        "Codebook version it is carried over to.",
        ("Til kodebokversjon", "Til kodebokversjon", "To codebook version"),
    ),
    _code(
        "to_code",
        "Code it answers to; empty where none does.",
        ("Til kode", "Til kode", "To code"),
        required=False,
    ),
    column(
        "relation",
        sa.Text,
        "How the first answers to the second.",
        ("Forhold", "Forhold", "Relation"),
        OneOf(codes=RELATIONS),
        required=True,
    ),
    column(
        "reviewed",
        sa.Text,
        "Whether someone outside the coding has reviewed the row.",
        ("Gjennomgått", "Gjennomgått", "Reviewed"),
        OneOf(codes=YES_NO),
        required=True,
    ),
    sheet=("Kodebroer", "Kodebruer", "Crosswalks"),
    sender="university",
    period="whole",
    key=("from_codebook_version_id", "from_code", "to_codebook_version_id", "to_code"),
    file_type="code_crosswalk",
)

coded_count = delivery_table(
    "coded_count",
    "Coded units as counts per code, with their base, who coded, and how far two coders agree.",
    school_id(),
    partnership_id(),
    school_year(),
    loop_no(required=False),
    column(
        "arena",
        sa.Text,
        "Arena that was coded.",
        ("Arena", "Arena", "Arena"),
        OneOf(codes=MODEL_ARENAS),
        required=True,
    ),
    _codebook_version(),
    _code("code", "The code.", ("Kode", "Kode", "Code"), example="E1"),
    column(
        "n_units_with_code",
        sa.Integer,
        "Units with this code; a unit may have several codes.",
        ("Enheter med koden", "Einingar med koden", "Units with the code"),
        COUNT,
        required=True,
    ),
    column(
        "n_units_base",
        sa.Integer,
        "Units that were coded in all.",
        ("Kodede enheter i alt", "Koda einingar i alt", "Coded units in all"),
        COUNT,
        required=True,
    ),
    column(
        "n_teams",
        sa.Integer,
        "Teams whose work was coded.",
        ("Antall team", "Talet på team", "Teams"),
        Between(low=0, high=100),
    ),
    column("minutes", sa.Integer, "Minutes that were coded.", ("Minutter", "Minutt", "Minutes"), MINUTES),
    column(
        "coded_by_party",
        sa.Text,
        "Who coded.",
        ("Kodet av", "Koda av", "Coded by"),
        OneOf(codes=CODED_BY),
        required=True,
    ),
    column(
        "double_coded_n",
        sa.Integer,
        "Units that two coders coded.",
        ("Dobbeltkodede enheter", "Dobbeltkoda einingar", "Double-coded units"),
        COUNT,
    ),
    column(
        "agreement_measure",
        sa.Text,
        "Measure of agreement between the coders.",
        ("Mål for enighet", "Mål for semje", "Measure of agreement"),
        OneOf(codes=AGREEMENT_MEASURES),
    ),
    column(
        "agreement_value",
        sa.Numeric,
        "Value of that measure.",
        ("Enighet", "Semje", "Agreement"),
        Between(low=-1, high=1),
    ),
    sheet=("Kodede enheter", "Koda einingar", "Coded units"),
    sender="university",
    period="school_year",
    key=("school_id", "partnership_id", "school_year", "loop_no", "arena", "codebook_version_id", "code"),
    rules=(
        AtMost(part="n_units_with_code", whole="n_units_base"),
        AtMost(part="double_coded_n", whole="n_units_base"),
    ),
    file_type="coded_counts",
)
