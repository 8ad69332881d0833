"""Arenas and areas: where people meet, how one arena feeds another, and what the loops are about.

Belongs here: the arenas an agreement foresees, the school's own model of how arenas are linked, the links
that were made in a loop, and the development areas. All four are optional deliveries.
Does not belong here: meetings (`meetings.py`), decisions (`meetings.py`).
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from innenfra.contracts.declare import column, delivery_table
from innenfra.contracts.rules import Between, OneOf
from innenfra.contracts.vocabulary import ARENAS, ID_FORM, YES_NO, loop_no, partnership_id, school_id
from innenfra.contracts.words import code_list

MODEL_ARENAS = code_list(
    "model_arena",
    team=("Team", "Team", "Team"),
    full_staff=("Samlet kollegium", "Samla kollegium", "Full staff"),
    development_group=("Utviklingsgruppe", "Utviklingsgruppe", "Development group"),
    leadership=("Skoleledelse", "Skuleleiing", "School leadership"),
    teacher_educators=("Lærerutdannere", "Lærarutdannarar", "Teacher educators"),
    other_local=("Annen lokal arena", "Annan lokal arena", "Other local arena"),
)
AREA_SCOPES = code_list(
    "area_scope",
    collective=("Felles for skolen", "Felles for skulen", "Shared by the school"),
    team=("Ett team eller noen team", "Eitt team eller nokre team", "One team or some teams"),
)
ORIGINS = code_list(
    "area_origin",
    bottom_up=("Nedenfra", "Nedanfrå", "Bottom-up"),
    top_down=("Ovenfra", "Ovanfrå", "Top-down"),
    joint=("Felles", "Felles", "Joint"),
    unknown=("Ikke kjent", "Ikkje kjent", "Not known"),
)


def _from_arena() -> sa.Column[Any]:
    return column(
        "from_arena",
        sa.Text,
        "Arena that something is carried from.",
        ("Fra arena", "Frå arena", "From arena"),
        OneOf(codes=MODEL_ARENAS),
        required=True,
    )


def _to_arena() -> sa.Column[Any]:
    return column(
        "to_arena",
        sa.Text,
        "Arena that it is carried to.",
        ("Til arena", "Til arena", "To arena"),
        OneOf(codes=MODEL_ARENAS),
        required=True,
    )


def _loop_bound(name: str, meaning: str, label: tuple[str, str, str], *, required: bool) -> sa.Column[Any]:
    return column(name, sa.Integer, meaning, label, Between(low=1, high=200), required=required)


agreement_arena = delivery_table(
    "agreement_arena",
    "Arenas that one version of an agreement foresees.",
    column(
        "agreement_id",
        sa.Text,
        "Code of the agreement.",
        ("Avtale-ID", "Avtale-ID", "Agreement ID"),
        ID_FORM,
        required=True,
        example="AV-01",
    ),
    column(
        "version_no",
        sa.Integer,
        "Version of the agreement, from 1.",
        ("Versjon", "Versjon", "Version"),
        Between(low=1, high=99),
        required=True,
        example="1",
    ),
    column(
        "arena",
        sa.Text,
        "The arena.",
        ("Arena", "Arena", "Arena"),
        OneOf(codes=ARENAS),
        required=True,
        example="full_staff",
    ),
    sheet=("Avtalte arenaer", "Avtalte arenaer", "Agreed arenas"),
    sender="partnership",
    period="whole",
    key=("agreement_id", "version_no", "arena"),
    file_type="agreement_arenas",
)

expected_arena_link = delivery_table(
    "expected_arena_link",
    "The school's own model of how its arenas feed each other, arrow by arrow, for the loops in which it is"
    " in force.",
    school_id(),
    column(
        "model_version",
        sa.Integer,
        "Version of the school's model, from 1.",
        ("Modellversjon", "Modellversjon", "Model version"),
        Between(low=1, high=99),
        required=True,
    ),
    _from_arena(),
    _to_arena(),
    _loop_bound(
        "first_loop_no",
        "First loop in which the model is in force.",
        ("Fra sløyfe", "Frå sløyfe", "From loop"),
        required=True,
    ),
    _loop_bound(
        "last_loop_no",
        "Last loop in which it is in force; empty means that it still is.",
        ("Til sløyfe", "Til sløyfe", "To loop"),
        required=False,
    ),
    sheet=("Sløyfemodell", "Sløyfemodell", "Loop model"),
    sender="partnership",
    period="whole",
    key=("school_id", "model_version", "from_arena", "to_arena"),
    file_type="expected_arena_links",
)

arena_link = delivery_table(
    "arena_link",
    "Links that were made between arenas in a loop: something found in one was carried into another.",
    school_id(),
    partnership_id(),
    loop_no(),
    _from_arena(),
    _to_arena(),
    sheet=("Koblinger mellom arenaer", "Koplingar mellom arenaer", "Links between arenas"),
    sender="school",
    period="loop",
    key=("school_id", "partnership_id", "loop_no", "from_arena", "to_arena"),
    file_type="arena_links",
)  # fmt: skip

development_area = delivery_table(
    "development_area",
    "What the school works on over its loops, and where the choice came from.",
    school_id(),
    partnership_id(),
    column(
        "area_id",
        sa.Text,
        "Code of the area, never reused.",
        ("Område-ID", "Område-ID", "Area ID"),
        ID_FORM,
        required=True,
        example="UO-1",
    ),
    column(
        "scope",
        sa.Text,
        "Whether the whole school shares the area.",
        ("Omfang", "Omfang", "Scope"),
        OneOf(codes=AREA_SCOPES),
        required=True,
    ),
    column(
        "origin",
        sa.Text,
        "Where the choice of the area came from.",
        ("Opphav", "Opphav", "Origin"),
        OneOf(codes=ORIGINS),
        required=True,
    ),
    column(
        "origin_agreed_by_both",
        sa.Text,
        "Whether school and teacher educators agree on the origin.",
        ("Begge er enige om opphavet", "Begge er samde om opphavet", "Both agree on the origin"),
        OneOf(codes=YES_NO),
    ),
    _loop_bound(
        "first_loop_no",
        "First loop in which the area was worked on.",
        ("Fra sløyfe", "Frå sløyfe", "From loop"),
        required=True,
    ),
    _loop_bound(
        "last_loop_no",
        "Last loop; empty means that it goes on.",
        ("Til sløyfe", "Til sløyfe", "To loop"),
        required=False,
    ),
    sheet=("Utviklingsområder", "Utviklingsområde", "Development areas"),
    sender="school",
    period="whole",
    key=("school_id", "partnership_id", "area_id"),
    file_type="development_areas",
)
