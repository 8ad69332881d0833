"""What deliveries say of their own order: findings where it cannot be, or where they say nothing.

Belongs here: the sentences, and when they are told and settled. Does not belong here: which delivery counts
(`dbt_project/models/staging/stg_current_delivery.sql`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

from innenfra.contracts.words import Words
from innenfra.database.statements import read_sql

ORDER = {
    "supersedes_unknown": Words(
        nb=(
            "{file} sier at den erstatter leveringen {value}, men den er ikke kommet. Rett"
            " supersedes_delivery_id, eller lever den."
        ),
        nn=(
            "{file} seier at ho erstattar leveringa {value}, men den er ikkje komen. Rett"
            " supersedes_delivery_id, eller lever den."
        ),
        en=(
            "{file} says that it replaces the delivery {value}, which has not come. Correct"
            " supersedes_delivery_id, or deliver that one."
        ),
    ),
    "supersedes_in_circle": Words(
        nb=(
            "{file} erstatter {value}, som igjen erstatter den, så ingen av dem erstatter noe. Rett"
            " supersedes_delivery_id i den som er nyest."
        ),
        nn=(
            "{file} erstattar {value}, som igjen erstattar ho, så ingen av dei erstattar noko. Rett"
            " supersedes_delivery_id i den som er nyast."
        ),
        en=(
            "{file} replaces {value}, which replaces it in turn, so neither replaces anything. Correct"
            " supersedes_delivery_id in the newest."
        ),
    ),
    "order_not_stated": Words(
        nb=(
            "{file} og en annen levering gjelder det samme og er fra samme dag (eller uten dag). Denne"
            " teller. Er det den andre som er riktig, lever den på nytt med supersedes_delivery_id."
        ),
        nn=(
            "{file} og ei anna levering gjeld det same og er frå same dag (eller utan dag). Denne tel. Er det"
            " den andre som er rett, lever ho på nytt med supersedes_delivery_id."
        ),
        en=(
            "{file} and another delivery are about the same and of the same day (or of none). This one"
            " counts. If the other is right, deliver it again with supersedes_delivery_id."
        ),
    ),
    "order_by_arrival": Words(
        nb=(
            "{file} og en annen fil gjelder det samme, og ingen av dem har en følgeliste. Den som kom sist,"
            " teller. Lever med manifest.csv, så dere selv bestemmer."
        ),
        nn=(
            "{file} og ei anna fil gjeld det same, og ingen av dei har ei følgjeliste. Den som kom sist, tel."
            " Lever med manifest.csv, så de sjølve avgjer."
        ),
        en=(
            "{file} and another file are about the same, and neither has a manifest. The one that came last"
            " counts. Deliver with manifest.csv, so that you decide."
        ),
    ),
}
"""What is told of a file, by rule; none of it holds anything back."""


def tell_order(connection: psycopg.Connection[Any], schools: Sequence[str], run_id: str) -> int:
    """Write what is found of these schools, and settle what is found no more; how many stand open."""
    found = connection.execute(
        read_sql(__file__, "sql/order_of_deliveries").encode(), {"schools": list(schools)}
    ).fetchall()
    connection.execute(
        "update quality.finding set state = 'settled' from inbox.file as file where finding.state = 'open'"
        " and finding.file_id = file.file_id and file.school_id = any(%s) and finding.rule = any(%s) and"
        " (finding.rule, finding.file_id) not in (select * from unnest(%s::text[], %s::bigint[]))",
        (list(schools), list(ORDER), [rule for rule, _, _ in found], [file_id for _, file_id, _ in found]),
    )
    for rule, file_id, value in found:
        connection.execute(
            "insert into quality.finding (file_id, rule, severity, value_shown, message_nb, message_nn,"
            " message_en, owner, run_id) select %s, %s, 'warning', %s, replace(%s, '{file}', file_name),"
            " replace(%s, '{file}', file_name), replace(%s, '{file}', file_name), 'school', %s from"
            " inbox.file where file_id = %s and not exists (select 1 from quality.finding as open where"
            " open.file_id = file.file_id and open.rule = %s and open.state = 'open')",
            (
                file_id,
                rule,
                value,
                *(
                    text.replace("{value}", str(value))
                    for text in (ORDER[rule].nb, ORDER[rule].nn, ORDER[rule].en)
                ),
                run_id,
                file_id,
                rule,
            ),
        )
    return len(found)
