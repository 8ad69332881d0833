"""What may be public of a release: sums of the network, the catalogue, and what describes them.

Belongs here: choosing, CSV and JSON, the description by DCAT-AP-NO, what changed since the files before.
Does not belong here: who may see a total (`innenfra/disclosure`), how people export what they see
(`exports.py`).

The public sees no school. A sum is public where it rests on no person's answers and is open to a reader who
sees
no school in it, whichever county that reader is of.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from psycopg.rows import dict_row

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.database.statements import read_sql
from innenfra.errors import UserError

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
ORGANISATIONS = "https://data.brreg.no/enhetsregisteret/api/enheter/"
MEDIA = {"csv": "text/csv", "json": "application/json"}
KEY = ("indicator_id", "period_type", "period", "slice")
TITLE = Words(
    "Partnerskap mellom skoler og lærerutdanning: summer for nettverket",
    "Partnarskap mellom skular og lærarutdanning: summar for nettverket",
    "Partnerships between schools and teacher education: sums of the network",
)
ABOUT = Words(
    "Summer over alle skoler i nettverket, med hvor mange skoler de bygger på. Ingen skole og ingen person"
    " kan finnes igjen.",
    "Summar over alle skular i nettverket, med kor mange skular dei byggjer på. Ingen skule og ingen person"
    " kan finnast att.",
    "Sums over all schools of the network, with how many schools they rest on. No school and no person can be"
    " found in them.",
)
ABOUT_FILE = {
    "values": Words(
        "Summene, med status og hvor mange skoler de bygger på.",
        "Summane, med status og kor mange skular dei byggjer på.",
        "The sums, with their status and how many schools they rest on.",
    ),
    "catalogue": Words(
        "Indikatorene som summene er av.",
        "Indikatorane som summane er av.",
        "The indicators that the sums are of.",
    ),
}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the stable address of the files, the organisation's number and name, how to reach it."""

    address: str
    number: str
    name: str
    contact: str
    licence: str = LICENCE


def write_open_data(url: str, out: Path, publisher: Publisher) -> list[Path]:
    """Write the files of the current release; what was written there before is what the notes compare
    with."""
    with connect(url) as connection, connection.cursor(row_factory=dict_row) as cursor:
        release = cursor.execute(
            "select release_id, released_at::date as published_on from published.release"
            " where state = 'published' order by release_id desc limit 1"
        ).fetchone()
        if release is None:
            raise UserError(
                Words(
                    "Det er ingen utgivelse ennå. Kjør «innenfra run» først.",
                    "Det er inga utgiving enno. Køyr «innenfra run» først.",
                    "There is no release yet. Run “innenfra run” first.",
                )
            )
        values = cursor.execute(read_sql(__file__, "open_data").encode()).fetchall()
        catalogue = cursor.execute(
            "select indicator_id, definition_version, comparability_class, label_nb, label_nn, label_en"
            " from published.indicator where is_current order by sort_no"
        ).fetchall()
    before = _read(out / "values.csv")
    files = {
        "values.csv": as_csv(values),
        "values.json": as_json(values),
        "catalogue.csv": as_csv(catalogue),
        "catalogue.json": as_json(catalogue),
        "release-notes.md": notes(before, _read_text(as_csv(values)), int(release["release_id"])),
    }
    files["dataset.jsonld"] = json.dumps(
        describe(publisher, int(release["release_id"]), release["published_on"], files),
        ensure_ascii=False,
        indent=2,
    )
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")
    return [out / name for name in files]


def as_csv(rows: Sequence[Row]) -> str:
    """Rows as CSV; empty is not known, 0 is a number."""
    buffer = io.StringIO()
    if rows:
        writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    return buffer.getvalue()


def as_json(rows: Sequence[Row]) -> str:
    """The same rows as JSON."""
    return json.dumps(
        [{name: _plain(value) for name, value in row.items()} for row in rows], ensure_ascii=False, indent=1
    )


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def describe(
    publisher: Publisher, release: int, published_on: dt.date, files: Mapping[str, str]
) -> dict[str, Any]:
    """A catalogue with the data set by DCAT-AP-NO, as JSON-LD."""
    base = publisher.address.rstrip("/")
    about = {
        "dct:title": _in_each_language(TITLE),
        "dct:description": _in_each_language(ABOUT),
        "dct:publisher": {
            "@id": f"{ORGANISATIONS}{publisher.number}",
            "@type": "foaf:Agent",
            "dct:identifier": publisher.number,
            "foaf:name": publisher.name,
        },
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": publisher.name,
            "vcard:hasEmail": {"@id": f"mailto:{publisher.contact}"},
        },
        "dct:language": [{"@id": f"{AUTHORITY}language/{code}"} for code in ("NOB", "NNO", "ENG")],
    }
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "spdx": "http://spdx.org/rdf/terms#",
        },
        "@id": f"{base}/catalogue",
        "@type": "dcat:Catalog",
        "dct:identifier": f"{base}/catalogue",
        **about,
        "dcat:dataset": [
            {
                "@id": f"{base}/dataset",
                "@type": "dcat:Dataset",
                "dct:identifier": f"{base}/dataset",
                **about,
                "dct:accessRights": {"@id": f"{AUTHORITY}access-right/PUBLIC"},
                "dcat:theme": {"@id": f"{AUTHORITY}data-theme/EDUC"},
                "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}frequency/IRREG"},
                "dct:spatial": {"@id": f"{AUTHORITY}country/NOR"},
                "dcat:version": str(release),
                "dct:issued": {"@type": "xsd:date", "@value": published_on.isoformat()},
                "dcat:landingPage": {"@id": f"{base}/release-notes.md"},
                "dcat:distribution": [
                    _describe_file(base, name, text, publisher.licence)
                    for name, text in files.items()
                    if name.rsplit(".", 1)[1] in MEDIA
                ],
            }
        ],
    }


def _in_each_language(words: Words) -> list[dict[str, str]]:
    return [{"@language": language, "@value": words[language]} for language in ("nb", "nn", "en")]


def _describe_file(base: str, name: str, text: str, licence: str) -> dict[str, Any]:
    ending = name.rsplit(".", 1)[1]
    return {
        "@id": f"{base}/{name}",
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dct:description": _in_each_language(ABOUT_FILE[name.split(".")[0]]),
        "dcat:accessURL": {"@id": f"{base}/{name}"},
        "dcat:downloadURL": {"@id": f"{base}/{name}"},
        "dct:license": {"@id": licence},
        "dct:format": {"@id": f"{AUTHORITY}file-type/{ending.upper()}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA[ending]}"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": hashlib.sha256(text.encode()).hexdigest(),
        },
    }


def notes(before: Sequence[Row], now: Sequence[Row], release: int) -> str:
    """What changed since the files before, and why, as far as the rows themselves tell it."""
    then = {tuple(row[name] for name in KEY): row for row in before}
    today = {tuple(row[name] for name in KEY): row for row in now}
    lines = [f"# Release {release}", ""]
    if not before:
        return "\n".join([*lines, "The first release that is written here."]) + "\n"
    changed = [
        f"- {_name(key)}: {_say(then[key])} → {_say(row)} ({_why(then[key], row)})"
        for key, row in today.items()
        if key in then and _say(then[key]) != _say(row)
    ]
    added = [f"- {_name(key)}: {_say(row)}" for key, row in today.items() if key not in then]
    gone = [f"- {_name(key)}: was {_say(row)}" for key, row in then.items() if key not in today]
    for title, of in (
        ("Changed", changed),
        ("New", added),
        ("No longer public: withdrawn, or too few schools to hide one another", gone),
    ):
        lines += [f"## {title}", "", *(of or ["Nothing."]), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _name(key: Sequence[str]) -> str:
    indicator, _, period, cut = key
    return f"{indicator} {period}" + ("" if cut == "{}" else f" {cut}")


def _say(row: Row) -> str:
    if row["value"] in (None, ""):
        return str(row["status"])
    whole = f"{row['numerator']}/{row['denominator']}" if row["denominator"] else str(row["value"])
    return f"{whole}, {row['status']}"


def _why(before: Row, now: Row) -> str:
    if before["definition_version"] != now["definition_version"]:
        return f"definition {before['definition_version']} became {now['definition_version']}"
    if before["coverage_observed"] != now["coverage_observed"]:
        return f"rests on {now['coverage_observed']} schools, before on {before['coverage_observed']}"
    if before["status"] != now["status"]:
        return f"{before['status']} became {now['status']}"
    return "corrected or later deliveries"


def _read(path: Path) -> list[dict[str, str]]:
    return _read_text(path.read_text(encoding="utf-8")) if path.is_file() else []


def _read_text(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
