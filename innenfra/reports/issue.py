"""Handing a report on: kept with its hash, never changed, and held against later releases.

Belongs here: issuing, own words, what a later release would say otherwise. Does not belong here: making a
report (`make.py`), who may (`innenfra/database/reporting.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from innenfra.contracts.reports import LONGEST_WORDS
from innenfra.contracts.words import Words
from innenfra.database.access import WRITER
from innenfra.database.acting import Actor, acting
from innenfra.errors import UserError
from innenfra.masking import masked
from innenfra.reports.make import FileFormat, Wish, make, name_file, render
from innenfra.reports.model import Difference, Kind, Report, as_document, differences, fingerprint
from innenfra.reports.sections import OWN_WORDS


@dataclass(frozen=True)
class Issued:
    """A report that was handed on."""

    report_id: int
    file_name: str
    sha256: str
    data: bytes


def issue(url: str, actor: Actor, wish: Wish, app: str, file_format: FileFormat) -> Issued:
    """Make the report, keep it as it is, and hand it over; what is not kept has not left."""
    with acting(url, actor) as connection:
        report = make(connection, actor, wish, app)
    return keep(url, actor, report, file_format)


def keep(url: str, actor: Actor, report: Report, file_format: FileFormat) -> Issued:
    """Keep a report that was made, and hand it over."""
    data, name = render(report, file_format), name_file(report, file_format)
    with acting(url, actor, WRITER) as connection:
        report_id = write_issue(connection, report, file_format, name, data)
    with acting(url, actor) as connection:
        row = connection.execute(
            "select sha256 from dialogue.issued_report where report_id = %s", (report_id,)
        ).fetchone()
    return Issued(report_id, name, str(row[0]) if row else "", data)


def write_issue(
    connection: psycopg.Connection, report: Report, file_format: FileFormat, name: str, data: bytes
) -> int:
    """Write a report down as the actor of the transaction; its number."""
    try:
        row = connection.execute(
            "select dialogue.issue_report(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                report.kind,
                report.unit_id,
                report.period,
                report.language,
                file_format,
                name,
                report.release,
                Jsonb(as_document(report)),
                fingerprint(report),
                data,
            ),
        ).fetchone()
    except psycopg.errors.InsufficientPrivilege as error:
        raise _not_yours() from error
    return int(row[0]) if row else 0


def list_issued(connection: psycopg.Connection, kind: Kind, unit: str) -> list[dict[str, Any]]:
    """Reports that were handed on, the newest first, without their bytes."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            "select report_id, period, language, file_format, file_name, release_id, sha256, says_sha256,"
            " issued_at from dialogue.issued_report where kind = %s and unit_id = %s order by report_id desc",
            (kind, unit),
        ).fetchall()


def read_issued(connection: psycopg.Connection, report_id: int) -> dict[str, Any]:
    """One report that was handed on, with its bytes and all that it says."""
    with connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            "select report_id, kind, unit_id, period, language, file_format, file_name, release_id, says,"
            " file, sha256 from dialogue.issued_report where report_id = %s",
            (report_id,),
        ).fetchone()
    if not found:
        raise UserError(
            Words(
                nb=f"Rollen har ingen rapport med nummer {report_id}.",
                nn=f"Rolla har ingen rapport med nummer {report_id}.",
                en=f"The role has no report with the number {report_id}.",
            )
        )
    return found


def find_differences(url: str, actor: Actor, report_id: int, app: str) -> list[Difference]:
    """What the present release would say otherwise than a report that was handed on."""
    with acting(url, actor) as connection:
        old = read_issued(connection, report_id)
        wish = Wish(old["kind"], old["unit_id"], old["period"], old["language"])
        return differences(old["says"], as_document(make(connection, actor, wish, app)))


@dataclass(frozen=True)
class Written:
    """Own words as they were kept, and whether something that may name a person was taken out."""

    words: str
    was_masked: bool


def write_words(url: str, actor: Actor, wish: Wish, section: str, words: str) -> Written:
    """Keep own words for a section, without what may name a person."""
    if section not in OWN_WORDS[wish.kind]:
        raise UserError(
            Words(
                nb=f"Avsnittet {section} skrives ikke med egne ord.",
                nn=f"Avsnittet {section} blir ikkje skrive med eigne ord.",
                en=f"The section {section} is not written in own words.",
            )
        )
    kept = masked(words.strip()).text
    if len(kept) > LONGEST_WORDS:
        raise UserError(
            Words(
                nb=f"Teksten har {len(kept)} tegn. Skriv høyst {LONGEST_WORDS}.",
                nn=f"Teksten har {len(kept)} teikn. Skriv høgst {LONGEST_WORDS}.",
                en=f"The text has {len(kept)} letters. Write at most {LONGEST_WORDS}.",
            )
        )
    try:
        with acting(url, actor, WRITER) as connection:
            connection.execute(
                "select dialogue.write_report_words(%s, %s, %s, %s, %s)",
                (wish.kind, wish.unit, wish.period, section, kept),
            )
    except psycopg.errors.InsufficientPrivilege as error:
        raise _not_yours() from error
    return Written(kept, kept != words.strip())


def _not_yours() -> UserError:
    return UserError(
        Words(
            nb="Rollen lager ikke rapporter om dette.",
            nn="Rolla lagar ikkje rapportar om dette.",
            en="The role makes no reports about this.",
        )
    )
