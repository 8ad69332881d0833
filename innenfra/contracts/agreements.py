"""The agreement between a school and its partners: dated versions, plans, commitments and their review.

Belongs here: delivery tables F8, F8b, F8c, F8d.
Does not belong here: which version was in force when (dbt, intermediate).
"""

from __future__ import annotations

import sqlalchemy as sa

from innenfra.contracts.declare import column, delivery_table
from innenfra.contracts.rules import Between, DateBetween, NoOverlap, NotBefore, OneOf
from innenfra.contracts.vocabulary import (
    ID_FORM,
    ID_LIST_FORM,
    PARTIES,
    YES_NO,
    partnership_id,
    partnership_year_no,
    school_id,
    school_year,
)
from innenfra.contracts.words import code_list

CHANGE_REASONS = code_list(
    "change_reason",
    initial=("Første avtale", "Første avtale", "First agreement"),
    evaluation=("Evaluering", "Evaluering", "Evaluation"),
    resources=("Ressurser", "Ressursar", "Resources"),
    staff_change=("Endring i personalet", "Endring i personalet", "Change of staff"),
    reorganisation=("Omorganisering", "Omorganisering", "Reorganisation"),
    external=("Ytre forhold", "Ytre forhold", "External conditions"),
    other=("Annet", "Anna", "Other"),
)
COMMITMENT_TYPES = code_list(
    "commitment_type",
    team_time=("Tid til teamene", "Tid til teama", "Team time"),
    dev_group_time=("Tid til utviklingsgruppa", "Tid til utviklingsgruppa", "Development group time"),
    substitute_cover=("Vikarordning", "Vikarordning", "Substitute cover"),
    plan_entry=("Plass i planene", "Plass i planane", "Place in the plans"),
    log_collection=("Innsamling av logger", "Innsamling av loggar", "Collection of logs"),
    mirror_data=("Speildata", "Speildata", "Mirror data"),
    te_participation=(
        "Lærerutdanners deltakelse",
        "Deltaking frå lærarutdannar",
        "Teacher educator participation",
    ),
    input=("Faglig innspill", "Fagleg innspel", "Professional input"),
    evaluation=("Evaluering", "Evaluering", "Evaluation"),
    funding=("Finansiering", "Finansiering", "Funding"),
    other=("Annet", "Anna", "Other"),
)
UNITS = code_list(
    "commitment_unit",
    minutes=("Minutter", "Minutt", "Minutes"),
    hours=("Timer", "Timar", "Hours"),
    days=("Dager", "Dagar", "Days"),
    times=("Ganger", "Gonger", "Times"),
    yes_no=("Ja/nei", "Ja/nei", "Yes/no"),
)
PER = code_list(
    "commitment_per",
    loop=("Per sløyfe", "Per sløyfe", "Per loop"),
    school_year=("Per skoleår", "Per skuleår", "Per school year"),
    total=("Til sammen", "Til saman", "In total"),
)
REVIEW_RESULTS = code_list(
    "review_result",
    kept=("Holdt", "Halden", "Kept"),
    partly=("Delvis holdt", "Delvis halden", "Partly kept"),
    not_kept=("Ikke holdt", "Ikkje halden", "Not kept"),
    changed_by_agreement=("Endret etter avtale", "Endra etter avtale", "Changed by agreement"),
    not_assessed=("Ikke vurdert", "Ikkje vurdert", "Not assessed"),
)


def _agreement_id() -> sa.Column[str]:
    return column(
        "agreement_id",
        sa.Text,
        "Code of the agreement.",
        ("Avtale-ID", "Avtale-ID", "Agreement ID"),
        ID_FORM,
        required=True,
        example="AV-01",
    )


def _version_no() -> sa.Column[int]:
    return column(
        "version_no",
        sa.Integer,
        "Version of the agreement, from 1.",
        ("Versjon", "Versjon", "Version"),
        Between(low=1, high=99),
        required=True,
        example="1",
    )


def _section(name: str, meaning: str, label: tuple[str, str, str]) -> sa.Column[str]:
    return column(name, sa.Text, meaning, label, OneOf(codes=YES_NO), required=True, example="yes")


agreement_version = delivery_table(
    "agreement_version",
    "Versions of a written agreement; an amendment is a new version and never overwrites the old one.",
    _agreement_id(),
    _version_no(),
    school_id(),
    partnership_id(),
    column(
        "institution_ids",
        sa.Text,
        "Codes of the universities that are parties, separated by spaces.",
        ("Institusjoner", "Institusjonar", "Institutions"),
        ID_LIST_FORM,
        required=True,
        example="UH1 UH2",
    ),
    column(
        "owner_is_party",
        sa.Text,
        "Whether the school owner is a party; empty means that it is not known.",
        ("Skoleeier er part", "Skuleeigar er part", "School owner is a party"),
        OneOf(codes=YES_NO),
        example="no",
    ),
    column(
        "signed_on",
        sa.Date,
        "Date of signature; empty means that it is not known.",
        ("Signert", "Signert", "Signed on"),
        DateBetween(),
    ),
    column(
        "valid_from",
        sa.Date,
        "First day the version is in force.",
        ("Gjelder fra", "Gjeld frå", "Valid from"),
        DateBetween(),
        required=True,
        example="2022-08-01",
    ),
    column(
        "valid_to",
        sa.Date,
        "Last day the version is in force; empty means until further notice.",
        ("Gjelder til", "Gjeld til", "Valid to"),
        DateBetween(),
    ),
    _section("has_goals", "Whether the agreement states goals.", ("Målsetting", "Målsetjing", "Goals")),
    _section("has_frames", "Whether the agreement states frames.", ("Rammer", "Rammer", "Frames")),
    _section("has_roles", "Whether the agreement states roles.", ("Roller", "Roller", "Roles")),
    _section(
        "has_organisation",
        "Whether the agreement states the organisation.",
        ("Organisering", "Organisering", "Organisation"),
    ),
    column(
        "planned_years",
        sa.Numeric,
        "Planned length of the partnership.",
        ("Planlagte år", "Planlagde år", "Planned years"),
        Between(low=0, high=20),
        required=True,
        unit="years",
        example="3",
    ),
    column(
        "change_reason",
        sa.Text,
        "Why this version was made.",
        ("Grunn til endring", "Grunn til endring", "Reason for change"),
        OneOf(codes=CHANGE_REASONS),
        required=True,
        example="initial",
    ),
    column(
        "change_basis_ref",
        sa.Text,
        "Meeting or decision that the change rests on.",
        ("Grunnlag (møte eller beslutning)", "Grunnlag (møte eller avgjerd)", "Basis (meeting or decision)"),
        ID_FORM,
    ),
    sheet=("Avtaler", "Avtalar", "Agreements"),
    sender="partnership",
    period="whole",
    key=("school_id", "agreement_id", "version_no"),
    rules=(
        NotBefore(later="valid_to", earlier="valid_from"),
        NoOverlap(start="valid_from", end="valid_to", group=("school_id", "partnership_id")),
    ),
    file_type="agreement_versions",
)

agreement_plan_year = delivery_table(
    "agreement_plan_year",
    "Loops planned per partnership year in one version of an agreement.",
    _agreement_id(),
    _version_no(),
    partnership_year_no(),
    column(
        "planned_loops",
        sa.Integer,
        "Number of loops planned for the partnership year.",
        ("Planlagte sløyfer", "Planlagde sløyfer", "Planned loops"),
        Between(low=0, high=20),
        required=True,
        unit="loops",
        example="2",
    ),
    sheet=("Avtalt plan", "Avtalt plan", "Agreed plan"),
    sender="partnership",
    period="whole",
    key=("agreement_id", "version_no", "partnership_year_no"),
    file_type="agreement_plan_years",
)

agreement_commitment = delivery_table(
    "agreement_commitment",
    "What each party commits itself to in one version of an agreement.",
    _agreement_id(),
    _version_no(),
    column(
        "commitment_no",
        sa.Integer,
        "Number of the commitment within the version.",
        ("Forpliktelse nr.", "Plikt nr.", "Commitment no."),
        Between(low=1, high=999),
        required=True,
        example="1",
    ),
    column(
        "party",
        sa.Text,
        "The party that is committed.",
        ("Part", "Part", "Party"),
        OneOf(codes=PARTIES),
        required=True,
        example="school",
    ),
    column(
        "commitment_type",
        sa.Text,
        "What the commitment is about.",
        ("Type forpliktelse", "Type plikt", "Type of commitment"),
        OneOf(codes=COMMITMENT_TYPES),
        required=True,
        example="team_time",
    ),
    column(
        "quantity", sa.Numeric, "How much.", ("Mengde", "Mengd", "Quantity"), Between(low=0), example="240"
    ),
    column(
        "unit",
        sa.Text,
        "Unit of the quantity.",
        ("Enhet", "Eining", "Unit"),
        OneOf(codes=UNITS),
        example="minutes",
    ),
    column(
        "per",
        sa.Text,
        "What the quantity is counted per.",
        ("Per", "Per", "Per"),
        OneOf(codes=PER),
        example="loop",
    ),
    sheet=("Forpliktelser", "Plikter", "Commitments"),
    sender="partnership",
    period="whole",
    key=("agreement_id", "version_no", "commitment_no"),
    file_type="agreement_commitments",
)

commitment_review = delivery_table(
    "commitment_review",
    "How a party assesses whether a commitment was kept in a school year.",
    _agreement_id(),
    _version_no(),
    column(
        "commitment_no",
        sa.Integer,
        "Number of the commitment within the version.",
        ("Forpliktelse nr.", "Plikt nr.", "Commitment no."),
        Between(low=1, high=999),
        required=True,
        example="1",
    ),
    school_year(),
    column(
        "assessed_by",
        sa.Text,
        "The party that made the assessment.",
        ("Vurdert av", "Vurdert av", "Assessed by"),
        OneOf(codes=PARTIES),
        required=True,
        example="school",
    ),
    column(
        "assessed_by_id",
        sa.Text,
        "Code of the institution that made the assessment, where several are parties.",
        ("Vurdert av (kode)", "Vurdert av (kode)", "Assessed by (code)"),
        ID_FORM,
        example="UH1",
    ),
    column(
        "result",
        sa.Text,
        "The assessment.",
        ("Vurdering", "Vurdering", "Assessment"),
        OneOf(codes=REVIEW_RESULTS),
        required=True,
        example="kept",
    ),
    column(
        "assessed_on",
        sa.Date,
        "Date of the assessment.",
        ("Vurdert dato", "Vurdert dato", "Assessed on"),
        DateBetween(),
        example="2026-06-10",
    ),
    sheet=("Vurdering av forpliktelser", "Vurdering av plikter", "Commitment reviews"),
    sender="partnership",
    period="school_year",
    key=("agreement_id", "version_no", "commitment_no", "school_year", "assessed_by", "assessed_by_id"),
    file_type="commitment_reviews",
)
