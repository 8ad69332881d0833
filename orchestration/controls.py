"""What the controls found, told: a school that fails one keeps the numbers of its build before, and all
others go on.

Belongs here: the sentences, and writing them to `quality`. Does not belong here: the controls
(`marts.failed_control`),
putting rows back (`dbt_project/macros/by_school.sql`).
"""

from typing import Any

import psycopg

from innenfra.contracts.words import Words
from innenfra.database.statements import read_sql

CONTROLS = {
    "number_without_status": Words(
        nb="et tall har en tilstand som ikke har tall",
        nn="eit tal har ein tilstand som ikkje har tal",
        en="a number has a status that has none",
    ),
    "value_told_twice": Words(
        nb="en verdi står to ganger", nn="ein verdi står to gonger", en="a value stands twice"
    ),
    "value_about_nothing": Words(
        nb="en verdi sier ikke hva den gjelder",
        nn="ein verdi seier ikkje kva han gjeld",
        en="a value does not say what it is about",
    ),
    "part_larger_than_the_whole": Words(
        nb="en del er større enn det den er en del av",
        nn="ein del er større enn det han er ein del av",
        en="a part is larger than its whole",
    ),
    "year_without_a_place": Words(
        nb="et skoleår har ikke ett sted i registeret",
        nn="eit skuleår har ikkje éin stad i registeret",
        en="a school year has not one place in the register",
    ),
}
"""What each control finds, by its name."""


def tell_controls(connection: psycopg.Connection[Any], run_id: str) -> list[str]:
    """Write what the controls of the build found, by school and its newest file; the sentences in English.
    What they find no more is settled."""
    found = connection.execute(read_sql(__file__, "sql/controls_that_failed")).fetchall()
    connection.execute(
        "update quality.finding set state = 'settled' from inbox.file as file where finding.state = 'open'"
        " and finding.rule = any(%s) and finding.file_id = file.file_id and file.school_id in (select"
        " school_id from staging.stg_changed_school)",
        (list(CONTROLS),),
    )
    row = connection.execute(
        "select count(*) from marts.indicator_value where school_id in (select school_id from"
        " staging.stg_changed_school)"
    ).fetchone()
    for control, says in CONTROLS.items():
        rows = sum(n for _, name, n, _, _ in found if name == control)
        none = Words(
            nb=f"Kontrollert at det ikke er slik at {says.nb}.",
            nn=f"Kontrollert at det ikkje er slik at {says.nn}.",
            en=f"Checked that it is not so that {says.en}.",
        )
        connection.execute(
            "insert into quality.check_result (run_id, kind, table_name, check_name, passed, rows_checked,"
            " rows_found, message_nb, message_nn, message_en) values (%s, 'integrity',"
            " 'marts.indicator_value', %s, %s, %s, %s, %s, %s, %s)",
            (run_id, control, rows == 0, row[0] if row else 0, rows, none.nb, none.nn, none.en),
        )
    told = []
    for school, control, n, file_id, name in found:
        says = CONTROLS[control]
        words = Words(
            nb=(
                f"Skole {school}, levert i {name}: {says.nb} ({n}). Skolen har tallene fra før denne"
                " leveringen til dette er rettet."
            ),
            nn=(
                f"Skule {school}, levert i {name}: {says.nn} ({n}). Skulen har tala frå før denne leveringa"
                " til dette er retta."
            ),
            en=(
                f"School {school}, delivered in {name}: {says.en} ({n}). The school keeps the numbers from"
                " before this delivery until it is put right."
            ),
        )
        connection.execute(
            "insert into quality.finding (file_id, rule, severity, message_nb, message_nn, message_en, owner,"
            " run_id) values (%s, %s, 'error', %s, %s, %s, 'platform', %s)",
            (file_id, control, words.nb, words.nn, words.en, run_id),
        )
        told.append(words.en)
    return told
