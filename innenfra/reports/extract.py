"""Extracts for research: what an approved project is given, without what leads back to a school.

Belongs here: approving a project, making an extract and making it again. Does not belong here: who may see
what
(the row policies decide here too), exports for people at work (`innenfra/exports.py`).

Schools, partnerships and owners have pseudonyms that are new in each extract; no date is finer than a month;
columns that are not on the list of kept ones are not there. Each extract is written down with what its
pseudonyms were made with, so that the same release gives the same bytes again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import io
import json
import secrets
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from innenfra.contracts.words import Words
from innenfra.database.access import WRITER
from innenfra.database.acting import Actor, acting
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.exports import as_csv
from innenfra.reports.packed import FIXED

PSEUDONYM = {"school_id": "S", "partnership_id": "P", "unit_id": "S", "agreement_id": "A"}
"""Columns that become pseudonyms, and what these begin with; the same school is the same everywhere."""

KEPT: dict[str, tuple[str, ...]] = {
    "indicator_value": (
        "school_id",
        "partnership_id",
        "indicator_id",
        "definition_version",
        "comparability_class",
        "period_type",
        "period",
        "slice",
        "numerator",
        "numerator_high",
        "denominator",
        "value",
        "value_high",
        "value_below",
        "unit",
        "n_respondents",
        "n_band",
        "status",
        "status_reason",
        "note",
        "bound",
        "interval_low",
        "interval_high",
        "break_before",
        "break_reason",
        "agreement_version",
    ),
    "agreement": (
        "school_id",
        "partnership_id",
        "agreement_id",
        "version_no",
        "valid_from",
        "valid_to",
        "planned_years",
        "change_reason",
        "is_amendment",
        "from_partnership_year",
    ),
    "coding": (
        "school_id",
        "partnership_id",
        "indicator_id",
        "period_type",
        "period",
        "coded_by",
        "units_n",
        "double_coded_n",
        "agreement_measure",
        "agreement_value",
        "comparability_class",
    ),
    "indicator": (
        "indicator_id",
        "definition_version",
        "valid_from",
        "family",
        "comparability_class",
        "unit",
        "label_nb",
        "label_nn",
        "label_en",
        "formula_nb",
        "formula_nn",
        "formula_en",
    ),
    "family_crosswalk": ("family", "other_family", "relation"),
}
"""What may be given, and which columns of it."""

ALWAYS = ("indicator", "coding", "family_crosswalk")
"""What no number is understood without: definitions, who coded and how far two agree, what may be joined."""

ONLY_SCHOOLS = " where school_id is not null"


@dataclass(frozen=True)
class Extract:
    """A file for a project, and how it was written down."""

    extract_id: int
    file_name: str
    data: bytes
    sha256: str
    rows_n: int


def approve(
    url: str,
    project_id: str,
    legal_basis: str,
    relations: Sequence[str],
    subject: str,
    until: dt.date,
    by: str,
) -> None:
    """Write down that a project may be given extracts until a day, and by whom it was approved."""
    unknown = sorted(set(relations) - set(KEPT))
    if unknown or not relations:
        named, known = ", ".join(unknown) or "–", ", ".join(KEPT)
        raise UserError(
            Words(
                nb=f"{named} kan ikke gis til forskning. Velg blant {known}.",
                nn=f"{named} kan ikkje givast til forsking. Vel mellom {known}.",
                en=f"{named} cannot be given to research. Choose among {known}.",
            )
        )
    with connect(url) as connection:
        connection.execute(
            "insert into authz.research_project (project_id, legal_basis, relations, subject, valid_until,"
            " approved_by) values (%s, %s, %s, %s, %s, %s) on conflict (project_id) do update set legal_basis"
            " = excluded.legal_basis, relations = excluded.relations, subject = excluded.subject, valid_until"
            " = excluded.valid_until, approved_by = excluded.approved_by, approved_at = now()",
            (project_id, legal_basis, list(relations), subject, until, by),
        )


def make_extract(url: str, project_id: str, unit: str = "", today: dt.date | None = None) -> Extract:
    """A new extract for a project, with new pseudonyms; refused after the project's date."""
    project = _project(url, project_id)
    if (today or dt.date.today()) > project["valid_until"]:
        raise _too_late(project_id, project["valid_until"])
    salt = secrets.token_bytes(32)
    release, data, rows_n = _take_as(url, project, salt, unit)
    digest = hashlib.sha256(data).hexdigest()
    with connect(url) as connection:
        row = connection.execute(
            "insert into authz.research_extract (project_id, release_id, salt, rows_n, sha256) values (%s,"
            " %s, %s, %s, %s) returning extract_id",
            (project_id, release, salt, rows_n, digest),
        ).fetchone()
    number = int(row[0]) if row else 0
    return Extract(number, name_extract(project_id, number), data, digest, rows_n)


def list_projects(connection: psycopg.Connection) -> list[dict[str, Any]]:
    """Projects for which the actor of the transaction may be given extracts today."""
    rows = connection.execute("select * from authz.research_projects()").fetchall()
    names = ("project_id", "legal_basis", "relations", "valid_until")
    return [dict(zip(names, row, strict=True)) for row in rows]


def make_own_extract(url: str, actor: Actor, project_id: str) -> Extract:
    """A new extract for a project of the actor's own, with new pseudonyms; refused for another's, and after
    the project's date."""
    salt = secrets.token_bytes(32)
    with acting(url, actor) as connection:
        project = next((one for one in list_projects(connection) if one["project_id"] == project_id), None)
        if project is None:
            raise _not_approved(project_id)
        release, data, rows_n = _take(connection, project, salt)
    digest = hashlib.sha256(data).hexdigest()
    with acting(url, actor, WRITER) as connection:
        row = connection.execute(
            "select dialogue.keep_extract(%s, %s, %s, %s, %s)", (project_id, release, salt, rows_n, digest)
        ).fetchone()
    number = int(row[0]) if row else 0
    return Extract(number, name_extract(project_id, number), data, digest, rows_n)


def name_extract(project_id: str, number: int) -> str:
    """What the file is called."""
    return f"innenfra-extract-{project_id}-{number}.zip"


def make_again(url: str, extract_id: int, unit: str = "", today: dt.date | None = None) -> Extract:
    """An earlier extract once more, byte for byte; refused where the release is another one by now."""
    with connect(url) as connection:
        kept = connection.execute(
            "select project_id, salt, sha256 from authz.research_extract where extract_id = %s", (extract_id,)
        ).fetchone()
    if not kept:
        raise _no_extract(extract_id)
    project = _project(url, kept[0])
    if (today or dt.date.today()) > project["valid_until"]:
        raise _too_late(kept[0], project["valid_until"])
    _, data, rows_n = _take_as(url, project, bytes(kept[1]), unit)
    digest = hashlib.sha256(data).hexdigest()
    if digest != kept[2]:
        raise UserError(
            Words(
                nb=(
                    f"Uttrekk {extract_id} kan ikke lages likt igjen: utgivelsen eller tilgangen er en"
                    " annen nå."
                ),
                nn=(
                    f"Uttrekk {extract_id} kan ikkje lagast likt igjen: utgjevinga eller tilgangen er ein"
                    " annan no."
                ),
                en=(
                    f"Extract {extract_id} cannot be made the same again: the release or the access is"
                    " another now."
                ),
            )
        )
    return Extract(extract_id, name_extract(kept[0], extract_id), data, digest, rows_n)


def pseudonym(salt: bytes, column: str, value: str) -> str:
    """What a school, partnership or agreement is called in one extract."""
    begins = PSEUDONYM[column]
    made = hmac.new(salt, f"{begins}/{value}".encode(), hashlib.sha256).hexdigest()
    return f"{begins}-{made[:12]}"


def _take_as(url: str, project: dict[str, Any], salt: bytes, unit: str) -> tuple[int, bytes, int]:
    with acting(url, Actor(project["subject"], "university", unit)) as connection:
        return _take(connection, project, salt)


def _take(connection: psycopg.Connection, project: dict[str, Any], salt: bytes) -> tuple[int, bytes, int]:
    """Release, bytes and number of rows, as the actor of the transaction may see them."""
    files: dict[str, bytes] = {}
    rows_n = 0
    found = connection.execute(
        "select max(release_id) from published.release where state = 'published'"
    ).fetchone()
    release = int(found[0]) if found and found[0] else 0
    for relation in sorted({*project["relations"], *ALWAYS}):
        names, rows = _read(connection, relation)
        told = [_without_people(names, row, salt) for row in rows]
        # in the order of pseudonyms, so that the order says nothing either
        files[f"{relation}.csv"] = as_csv(names, sorted(told, key=repr), "en")
        rows_n += len(told)
    files["README.json"] = _readme(project, release, files)
    return release, _pack(files), rows_n


def _read(connection: psycopg.Connection, relation: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    names = list(KEPT[relation])
    only = ONLY_SCHOOLS if "school_id" in names else ""
    query = sql.SQL("select {} from {}" + only).format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier("published", relation)
    )
    return names, connection.execute(query).fetchall()


def _without_people(names: Iterable[str], row: Iterable[Any], salt: bytes) -> list[Any]:
    told: list[Any] = []
    for name, value in zip(names, row, strict=True):
        if value is not None and name in PSEUDONYM:
            told.append(pseudonym(salt, name, str(value)))
        elif isinstance(value, dt.date):
            told.append(value.strftime("%Y-%m"))
        else:
            told.append(value)
    return told


def _readme(project: dict[str, Any], release: int, files: dict[str, bytes]) -> bytes:
    told = {
        "project": project["project_id"],
        "legal_basis": project["legal_basis"],
        "until": project["valid_until"].isoformat(),
        "release": release,
        "pseudonyms": "new in this extract; the same school has the same pseudonym in all its files",
        "dates": "no finer than a month",
        "files": {n: hashlib.sha256(d).hexdigest() for n, d in files.items()},
        "columns": {n.removesuffix(".csv"): list(KEPT[n.removesuffix(".csv")]) for n in files},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _pack(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, data)
    return made.getvalue()


def _project(url: str, project_id: str) -> dict[str, Any]:
    names = ("project_id", "legal_basis", "relations", "subject", "valid_until")
    with connect(url) as connection:
        row = connection.execute(
            "select project_id, legal_basis, relations, subject, valid_until from authz.research_project"
            " where project_id = %s",
            (project_id,),
        ).fetchone()
    if not row:
        raise _not_approved(project_id)
    return dict(zip(names, row, strict=True))


def _not_approved(project_id: str) -> UserError:
    return UserError(
        Words(
            nb=f"Prosjektet {project_id} er ikke godkjent.",
            nn=f"Prosjektet {project_id} er ikkje godkjent.",
            en=f"The project {project_id} is not approved.",
        )
    )


def _too_late(project_id: str, until: dt.date) -> UserError:
    day = until.strftime("%d.%m.%Y")
    return UserError(
        Words(
            nb=f"Prosjektet {project_id} kunne få uttrekk til og med {day}.",
            nn=f"Prosjektet {project_id} kunne få uttrekk til og med {day}.",
            en=f"The project {project_id} could be given extracts until {day}.",
        )
    )


def _no_extract(extract_id: int) -> UserError:
    return UserError(
        Words(
            nb=f"Det er ikke laget noe uttrekk med nummer {extract_id}.",
            nn=f"Det er ikkje laga noko uttrekk med nummer {extract_id}.",
            en=f"No extract was made with the number {extract_id}.",
        )
    )
