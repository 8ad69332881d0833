"""Walking a number back: definition, fraction, files with row numbers, checks, caveats, agreement, release.

Belongs here: reading what stands behind one value, for the platform itself (`explain`) or as a person who
asks
(`explain_to`), who is told no more than the person may read.
Does not belong here: computing any value, which rows stand behind it (`innenfra/database/lineage.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from innenfra.contracts.codings import AGREEMENT_MEASURES, CODED_BY
from innenfra.contracts.vocabulary import (
    ASSUMED_VALUES,
    BASIC_FRAME,
    STATED_TOTAL,
    note_in_words,
    status_in_words,
    verdict_in_words,
)
from innenfra.contracts.words import Words
from innenfra.database.acting import Actor, acting
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.findings import rows_as_written
from innenfra.settings import LANGUAGES
from innenfra.wording import translator

AS_READER = "rows_behind"
"""The function that tells a reader the rows behind a number."""
_PERIOD = {"loop": "loop", "year": "partnership_year", "budget": "budget_year"}
_CAVEATS = {"stated_total": STATED_TOTAL, "assumed_values": ASSUMED_VALUES}


@dataclass(frozen=True)
class Source:
    """Rows of one sheet of one file; no rows where the asking person may not know them."""

    file_id: int
    file_name: str
    sheet: str
    rows: str


_CODING = {
    "nb": (
        "{double} av {units} enheter er kodet av to",
        "hvor mange enheter to har kodet, er ikke oppgitt",
        "enigheten er ikke oppgitt",
        "flere mål, det laveste",
    ),
    "nn": (
        "{double} av {units} einingar er koda av to",
        "kor mange einingar to har koda, er ikkje oppgjeve",
        "semja er ikkje oppgjeven",
        "fleire mål, det lågaste",
    ),
    "en": (
        "{double} of {units} units were coded by two",
        "how many units two coded is not stated",
        "agreement is not stated",
        "several measures, the lowest",
    ),
}


@dataclass(frozen=True)
class Coding:
    """Who coded what stands behind a value, how many of the units two coded, and how far they agree (the
    weakest of several)."""

    coded_by: tuple[str, ...]
    units_n: int
    double_coded_n: int | None
    agreement_measure: str | None
    agreement_value: float | None

    def said(self, language: str) -> str:
        """As one line for a person."""
        double, no_double, no_agreement, mixed = _CODING[language]
        who = ", ".join(CODED_BY.labels[code][language].lower() for code in self.coded_by)
        twice = (
            no_double
            if self.double_coded_n is None
            else double.format(double=self.double_coded_n, units=self.units_n)
        )
        if self.agreement_value is None:
            return f"{who}; {twice}; {no_agreement}"
        value = (
            f"{self.agreement_value:.2f}"
            if language == "en"
            else f"{self.agreement_value:.2f}".replace(".", ",")
        )
        measure = (
            AGREEMENT_MEASURES.labels[self.agreement_measure][language]
            if self.agreement_measure in AGREEMENT_MEASURES.codes
            else mixed
        )
        return f"{who}; {twice}; {measure} {value}"


@dataclass(frozen=True)
class Explanation:
    """All that stands behind one value. `sources` are the delivered rows it rests on."""

    unit: str
    partnership_id: str | None
    indicator_id: str
    definition_version: int
    definition: dict[str, str]
    period_type: str
    period: str
    slice: dict[str, str]
    numerator: float | None
    numerator_high: float | None
    denominator: float | None
    value: float | None
    value_high: float | None
    value_below: float | None
    unit_of_value: str
    status: str
    status_reason: str | None
    bound: str
    note: str | None
    comparability: str
    comparability_reason: str | None
    caveats: list[dict[str, str]]
    sources: list[Source]
    checks: list[dict[str, Any]]
    agreement_version: int | None
    release_id: int | None
    coding: Coding | None = None
    answers: tuple[dict[str, str], ...] = ()
    """What the school says of what was found in its `sources`, for those who may read it."""

    def as_json(self) -> dict[str, Any]:
        """The explanation as the command's JSON shows it."""
        return asdict(self) | {
            "status_in_words": {
                language: status_in_words(self.status, self.status_reason, language) for language in LANGUAGES
            },
            "comparability_in_words": {language: self.verdict(language) for language in LANGUAGES},
        }

    def verdict(self, language: str) -> str:
        """How far the value may be compared, and why not further, in words."""
        return verdict_in_words(self.comparability, self.comparability_reason, language)


def parse_period(text: str) -> tuple[str, str]:
    """`project`, `2025/26`, `2018/19-2020/21`, `loop:3` or `year:2` as period type and period."""
    if text == "project":
        return "project", "all"
    if re.fullmatch(r"20\d\d/\d\d", text):
        return "school_year", text
    if re.fullmatch(r"20\d\d/\d\d-20\d\d/\d\d", text):
        return "year_block", text
    kind, _, number = text.partition(":")
    if kind in _PERIOD and number:
        return _PERIOD[kind], number
    raise UserError(
        Words(
            nb=(
                f"Perioden «{text}» er ikke forstått. Skriv project, 2025/26, 2018/19-2020/21, loop:3 eller"
                " year:2."
            ),
            nn=(
                f"Perioden «{text}» er ikkje forstått. Skriv project, 2025/26, 2018/19-2020/21, loop:3 eller"
                " year:2."
            ),
            en=(
                f"The period “{text}” is not understood. Write project, 2025/26, 2018/19-2020/21, loop:3 or"
                " year:2."
            ),
        )
    )


def explain(url: str, unit: str, indicator: str, period: str) -> list[Explanation]:
    """Every value of the school (number, code or name) for the indicator and period, one per slice."""
    kind, number = parse_period(period)
    with connect(url) as connection:
        connection.row_factory = dict_row  # type: ignore[assignment]
        found = connection.execute(
            "select value.*, school.name, published.release_id from gate.indicator_value as value inner join"
            " gate.school as school using (school_id) left join published.indicator_value as published using"
            " (unit_level, unit_id, partnership_id, indicator_id, definition_version, period_type, period,"
            " slice) where (value.school_id = %(unit)s or school.school_code = %(unit)s or school.name ="
            " %(unit)s) and value.indicator_id = %(indicator)s and value.period_type = %(kind)s and"
            " value.period = %(number)s order by value.slice::text, value.definition_version desc",
            {"unit": unit, "indicator": indicator, "kind": kind, "number": number},
        ).fetchall()
        if not found:
            raise UserError(
                Words(
                    nb=(
                        f"Det finnes ingen verdi for {unit}, {indicator}, {period}. Kontroller skole,"
                        " indikator og periode."
                    ),
                    nn=(
                        f"Det finst ingen verdi for {unit}, {indicator}, {period}. Kontroller skule,"
                        " indikator og periode."
                    ),
                    en=(
                        f"There is no value for {unit}, {indicator}, {period}. Check school, indicator and"
                        " period."
                    ),
                ),
                exit_code=4,
            )
        rows = [dict(row) for row in found]
        return [_explained(connection, row, "gate.indicator", "all_rows_behind") for row in rows]


def explain_to(
    url: str, actor: Actor, school_id: str, indicator: str, period_type: str, period: str
) -> list[Explanation]:
    """The same, as one who asks sees it: a school its own values, others what is published for them."""
    with acting(url, actor) as connection:
        connection.execute("set transaction read only")
        return explain_on(connection, actor, (school_id, indicator, period_type, period))


def explain_on(
    connection: psycopg.Connection[Any],
    actor: Actor,
    asked: tuple[str, str, str, str],
    cut: Mapping[str, str] | None = None,
) -> list[Explanation]:
    """The same over a connection that acts as the one who asks: values of a school, indicator, kind of period
    and period; those of one slice where it is given."""
    seen = "published.school_indicator_value" if actor.role == "school" else "published.indicator_value"
    before, connection.row_factory = connection.row_factory, dict_row
    try:
        found = connection.execute(
            f"select value.*, value.unit_name as name from {seen} as value where value.school_id = %s and"
            " value.indicator_id = %s and value.period_type = %s and value.period = %s and"
            " (%s::jsonb is null or value.slice = %s::jsonb) order by"
            " value.partnership_id, value.slice::text, value.definition_version desc".encode(),
            (*asked, *2 * (None if cut is None else Jsonb(dict(cut)),)),
        ).fetchall()
        return [_explained(connection, dict(row), "published.indicator", AS_READER) for row in found]
    finally:
        connection.row_factory = before


def _explained(
    connection: psycopg.Connection[Any], row: dict[str, Any], catalogue: str, walk: str
) -> Explanation:
    definition = (
        connection.execute(
            f"select * from {catalogue} where indicator_id = %s and definition_version = %s".encode(),
            (row["indicator_id"], row["definition_version"]),
        ).fetchone()
        or {}
    )
    sources = _sources(connection, row, walk)
    checks = connection.execute(
        "select distinct on (check_name) check_name, passed, rows_found, message_nb, message_nn, message_en"
        " from quality.check_result where check_name = any(%s) order by check_name, check_result_id desc",
        ([f"contract_{s.sheet}" for s in sources],),
    ).fetchall()
    caveats = [_CAVEATS[row["comparability_reason"]]] if row["comparability_reason"] in _CAVEATS else []
    coding = _coding(connection, row, catalogue.replace("indicator", "coding"))
    # people's own words are told to those whom the database lets read them
    answers = _answers(connection, sources) if walk == AS_READER else ()
    caveats += [BASIC_FRAME] if row["indicator_id"] == "C2" else []
    return Explanation(
        unit=row["name"],
        partnership_id=row["partnership_id"],
        indicator_id=row["indicator_id"],
        definition_version=row["definition_version"],
        definition={lang: str(definition.get(f"formula_{lang}", "")) for lang in LANGUAGES},
        period_type=row["period_type"],
        period=row["period"],
        slice=row["slice"],
        numerator=_number(row["numerator"]),
        numerator_high=_number(row["numerator_high"]),
        denominator=_number(row["denominator"]),
        value=_number(row["value"]),
        value_high=_number(row["value_high"]),
        value_below=_number(row.get("value_below")),
        unit_of_value=row["unit"],
        status=row["status"],
        status_reason=row["status_reason"],
        bound=row["bound"],
        note=row["note"],
        comparability=row["comparability"],
        comparability_reason=row["comparability_reason"],
        caveats=[{lang: c.text[lang] for lang in LANGUAGES} for c in caveats],
        sources=sources,
        checks=[dict(c) for c in checks],
        agreement_version=row["agreement_version"],
        release_id=row["release_id"],
        coding=coding,
        answers=answers,
    )


def _answers(connection: psycopg.Connection[Any], sources: list[Source]) -> tuple[dict[str, str], ...]:
    found = connection.execute(
        "select distinct on (finding_id) finding.message_nb as nb, finding.message_nn as nn,"
        " finding.message_en as en, answer.words from dialogue.finding_answer as answer inner join"
        " quality.finding as finding using (finding_id) inner join unnest(%s::bigint[], %s::text[]) as"
        " source (file_id, file_type) on finding.file_id = source.file_id and finding.file_type ="
        " source.file_type order by finding_id, answer.answer_id desc",
        ([one.file_id for one in sources], [one.sheet for one in sources]),
    ).fetchall()
    return tuple(dict(row) for row in found)


def _coding(connection: psycopg.Connection[Any], row: dict[str, Any], relation: str) -> Coding | None:
    query = (
        f"select coded_by, units_n, double_coded_n, agreement_measure, agreement_value from {relation} where"
        " school_id = %s and partnership_id = %s and indicator_id = %s and period_type = %s and period = %s"
    )
    found = connection.execute(
        query.encode(),
        (row["school_id"], row["partnership_id"], row["indicator_id"], row["period_type"], row["period"]),
    ).fetchone()
    return (
        Coding(
            **{
                **found,
                "coded_by": tuple(found["coded_by"].split()),
                "agreement_value": _number(found["agreement_value"]),
            }
        )
        if found
        else None
    )


def _sources(connection: psycopg.Connection[Any], row: dict[str, Any], walk: str) -> list[Source]:
    keys = ("school_id", "partnership_id", "indicator_id", "definition_version", "period_type", "period")
    asked = [*(row[name] for name in keys), Jsonb(row["slice"])]
    found = connection.execute(
        f"select * from authz.{walk}(%s, %s, %s, %s::int, %s, %s, %s)".encode(), asked
    ).fetchall()
    return [
        Source(r["file_id"], r["file_name"], r["file_type"], rows_as_written(r["rows"] or [])) for r in found
    ]


_SAID = {
    "nb": (
        "Tallet",
        "Slik er det regnet",
        "Ta hensyn til",
        "Kommer fra",
        "rad",
        "Kontroll",
        "Sammenligning",
        "Avtale",
        "versjon {}",
        "Utgivelse",
        "Kodet av",
        "Skolens svar",
    ),
    "nn": (
        "Talet",
        "Slik er det rekna",
        "Ta omsyn til",
        "Kjem frå",
        "rad",
        "Kontroll",
        "Samanlikning",
        "Avtale",
        "versjon {}",
        "Utgjeving",
        "Koda av",
        "Svaret til skulen",
    ),
    "en": (
        "The number",
        "How it is counted",
        "Take into account",
        "Comes from",
        "row",
        "Check",
        "Comparison",
        "Agreement",
        "version {}",
        "Release",
        "Coded by",
        "The school's answer",
    ),
}


def lines(one: Explanation, language: str, number: str = "") -> list[tuple[str, str]]:
    """The explanation as what it is about and what is said of it. `number` is the reader's own words for the
    value."""
    (name, counted, care, source, row, check, comparison, agreement, version, release, coded, answer) = _SAID[
        language
    ]
    return [
        (name, number or _fraction(one, language)),
        (counted, one.definition[language]),
        *([(coded, one.coding.said(language))] if one.coding else []),
        *((care, c[language]) for c in one.caveats),
        *([(care, note_in_words(one.note, language))] if one.note else []),
        *(
            (source, f"{s.file_name} · {s.sheet}" + (f" · {row} {s.rows}" if s.rows else ""))
            for s in one.sources
        ),
        *((answer, f"{one_said[language]} – «{one_said['words']}»") for one_said in one.answers),
        *(
            (
                check,
                (
                    f"✓ {c[f'message_{language}']}"
                    if c["passed"]
                    else f"✗ {c[f'message_{language}']} ({c['rows_found']})"
                ),
            )
            for c in one.checks
        ),
        (comparison, one.verdict(language)),
        (agreement, version.format(one.agreement_version) if one.agreement_version is not None else "–"),
        (release, str(one.release_id or "–")),
    ]


def as_text(one: Explanation, language: str) -> str:
    """The explanation as lines for a person."""
    cut = f" {json.dumps(one.slice, ensure_ascii=False)}" if one.slice else ""
    head = f"{one.unit} · {one.indicator_id} v{one.definition_version} · {one.period_type} {one.period}{cut}"
    return "\n".join([head, *(f"{about}: {said}" for about, said in lines(one, language))])


def _fraction(one: Explanation, language: str) -> str:
    if one.value is None:
        return status_in_words(one.status, one.status_reason, language)
    said = _as_told(one, language)
    return f"{said} ({status_in_words(one.status, None, language)})" if one.status == "provisional" else said


def _as_told(one: Explanation, language: str) -> str:
    """The number with its bound, the ends of its range, or where its tenths end; a share is told
    in per cent, a count without a unit."""
    sign = f"{one.bound} " if one.bound in ("<=", ">=") else ""
    if one.numerator is None or one.denominator is None:
        of_share = one.unit_of_value == "share"
        value, high, below = (
            end if end is None or not of_share else 100 * end
            for end in (one.value, one.value_high, one.value_below)
        )
        told = f"{sign}{value:g}{_to(high)}{'' if below is None else f'–<{below:g}'}"
        if of_share:
            told += " %"
        elif one.unit_of_value != "count":
            told += f" {translator(language)(f'unit.{one.unit_of_value}')}"
    else:
        told = f"{sign}{one.numerator:g}{_to(one.numerator_high)}/{one.denominator:g}"
    return told if language == "en" else told.replace(".", ",")


def _to(high: float | None) -> str:
    return "" if high is None else f"–{high:g}"


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
