"""Log rounds with open answers, as Nettskjema exports them."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg

from innenfra.database import access

SCHOOL, OTHER = "998870011", "998870038"
ELEMENTS = [
    {"elementType": "RADIO", "externalElementId": "utbytte"},
    {"elementType": "QUESTION_MULTILINE", "externalElementId": "fritekst"},
]


def write_round(
    folder: Path, answers: list[str], *, school: str = SCHOOL, round_no: int = 1, week: str = ""
) -> Path:
    """A folder with one submission per answer."""
    folder.mkdir(parents=True)
    lines = ['"$submission_id";"$created";"utbytte";"fritekst"']
    lines += [
        f'"2768{n:04d}";"2025-06-01T20:57:15+02:00";"{n % 4 + 1}";"{answer}"'
        for n, answer in enumerate(answers)
    ]
    (folder / "data.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "elements.json").write_text(json.dumps(ELEMENTS), encoding="utf-8")
    (folder / "log_rounds.csv").write_text(
        "school_id;partnership_id;loop_no;round_no;log_instrument_version_id;invited_n;submitted_n;"
        "collection_mode;round_week\n"
        f"{school};PS-1;1;{round_no};LOGG-v1;{len(answers) + 2};{len(answers)};link;{week}\n",
        encoding="utf-8",
    )
    return folder


def register_schools(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for number, school in enumerate((SCHOOL, OTHER)):
            connection.execute(
                "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
                " school_code) values (%s, '2010-01-01', %s, '1', '1804', %s)",
                (school, f"Skole {number}", f"S{number}"),
            )


def agree(url: str, more: tuple[str, ...] = ()) -> None:
    """The university UH1 and SCHOOL have an agreement; `more` is SQL for what else dbt would have made.
    Policies are put on all of it."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "create table published.agreement (school_id text, partnership_id text, valid_from date, valid_to"
            " date)"
        )
        connection.execute(
            "insert into published.agreement values (%s, 'PS-1', '2020-01-01', null)", (SCHOOL,)
        )
        connection.execute(
            "insert into register.partnership (partnership_id, title, started_on, status) values ('PS-1',"
            " 'P', '2020-01-01', 'running')"
        )
        connection.execute(
            "insert into register.partnership_school (partnership_id, school_id, joined_on, invited,"
            " accepted) values ('PS-1', %s, '2020-01-01', true, true)",
            (SCHOOL,),
        )
        connection.execute(
            "insert into register.partnership_party (partnership_id, party_id, party_type, valid_from) values"
            " ('PS-1', 'UH1', 'institution', '2020-01-01')"
        )
        for statement in more:
            connection.execute(statement.encode())
        access.apply(connection)
