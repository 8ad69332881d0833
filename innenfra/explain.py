"""Walking a number back: definition, fraction, files with row numbers, checks, caveats, release.

Belongs here: reading what stands behind one value. Does not belong here: computing any value.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from innenfra.contracts.vocabulary import ASSUMED_VALUES, BASIC_FRAME, STATED_TOTAL, STATUSES
from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.findings import rows_as_written

_PERIOD = {"loop": "loop", "year": "partnership_year", "budget": "budget_year"}
_CAVEATS = {"stated_total": STATED_TOTAL, "assumed_values": ASSUMED_VALUES}


@dataclass(frozen=True)
class Source:
    """Rows of one sheet of one file."""

    file_id: int
    file_name: str
    sheet: str
    rows: str


@dataclass(frozen=True)
class Explanation:
    """All that stands behind one value. `sources` are the delivered rows it rests on."""

    unit: str
    indicator_id: str
    definition_version: int
    definition: dict[str, str]
    period_type: str
    period: str
    slice: dict[str, str]
    numerator: float | None
    denominator: float | None
    value: float | None
    unit_of_value: str
    status: str
    comparability: str
    comparability_reason: str | None
    caveats: list[dict[str, str]]
    sources: list[Source]
    checks: list[dict[str, Any]]
    release_id: int | None

    def as_json(self) -> dict[str, Any]:
        """The explanation as the command's JSON shows it."""
        return asdict(self)


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
            nb=f"Perioden «{text}» er ikke forstått. Skriv project, 2025/26, 2018/19-2020/21, loop:3 eller year:2.",
            nn=f"Perioden «{text}» er ikkje forstått. Skriv project, 2025/26, 2018/19-2020/21, loop:3 eller year:2.",
            en=f"The period “{text}” is not understood. Write project, 2025/26, 2018/19-2020/21, loop:3 or year:2.",
        )
    )


def explain(url: str, unit: str, indicator: str, period: str) -> list[Explanation]:
    """Every value of the school (number, code or name) for the indicator and period, one per slice."""
    kind, number = parse_period(period)
    with connect(url) as connection, connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            "select value.*, school.name, published.release_id from gate.indicator_value as value"
            " inner join gate.school as school using (school_id)"
            " left join published.indicator_value as published using (unit_level, unit_id, partnership_id, indicator_id, definition_version, period_type, period, slice)"
            " where (value.school_id = %(unit)s or school.school_code = %(unit)s or school.name = %(unit)s)"
            " and value.indicator_id = %(indicator)s and value.period_type = %(kind)s and value.period = %(number)s order by value.slice::text",
            {"unit": unit, "indicator": indicator, "kind": kind, "number": number},
        ).fetchall()
        if not found:
            raise UserError(
                Words(
                    nb=f"Det finnes ingen verdi for {unit}, {indicator}, {period}. Kontroller skole, indikator og periode.",
                    nn=f"Det finst ingen verdi for {unit}, {indicator}, {period}. Kontroller skule, indikator og periode.",
                    en=f"There is no value for {unit}, {indicator}, {period}. Check school, indicator and period.",
                ),
                exit_code=4,
            )
        return [_explained(cursor, row) for row in found]


def _explained(cursor: psycopg.Cursor[dict[str, Any]], row: dict[str, Any]) -> Explanation:
    definition = cursor.execute("select * from gate.indicator where indicator_id = %s", (row["indicator_id"],)).fetchone() or {}
    sources = _sources(cursor, row)
    checks = cursor.execute(
        "select distinct on (check_name) check_name, passed, rows_found, message_nb, message_nn, message_en from quality.check_result"
        " where check_name = any(%s) order by check_name, check_result_id desc",
        ([f"contract_{s.sheet}" for s in sources],),
    ).fetchall()
    caveats = [_CAVEATS[row["comparability_reason"]]] if row["comparability_reason"] in _CAVEATS else []
    caveats += [BASIC_FRAME] if row["indicator_id"] == "C2" else []
    return Explanation(
        unit=row["name"], indicator_id=row["indicator_id"], definition_version=row["definition_version"],
        definition={lang: str(definition.get(f"formula_{lang}", "")) for lang in ("nb", "nn", "en")},
        period_type=row["period_type"], period=row["period"], slice=row["slice"],
        numerator=_number(row["numerator"]), denominator=_number(row["denominator"]), value=_number(row["value"]), unit_of_value=row["unit"],
        status=row["status"], comparability=row["comparability"], comparability_reason=row["comparability_reason"],
        caveats=[{lang: c.text[lang] for lang in ("nb", "nn", "en")} for c in caveats],
        sources=sources, checks=[dict(c) for c in checks], release_id=row["release_id"],
    )  # fmt: skip


_BEHIND = """
with value as (
    select value.school_id, value.partnership_id, value.indicator_id, value.period_type, value.period, value.slice, value.is_stated, measure.needs
    from marts.indicator_value as value
    cross join lateral (
        select string_to_array(measure.needs, ' ') as needs
        from marts.indicator_measure as measure
        where measure.indicator_id = value.indicator_id and value.slice @> measure.slice::jsonb
        order by length(measure.slice) desc
        limit 1
    ) as measure
    where value.school_id = %(school_id)s and value.partnership_id = %(partnership_id)s and value.indicator_id = %(indicator_id)s
        and value.definition_version = %(definition_version)s and value.slice = %(slice)s
        and case
            -- a block rests on what its school years rest on
            when %(period_type)s = 'year_block' then
                value.period_type = 'school_year' and value.period in (select school_year from gate.year_block where year_block = %(period)s)
            else value.period_type = %(period_type)s and value.period = %(period)s
        end
)
select row.file_id, file.file_name, row.file_type, array_agg(distinct row.row_number order by row.row_number) as rows
from value
inner join marts.delivered_row as row
    on row.school_id = value.school_id and row.partnership_id = value.partnership_id
    and case
        when value.is_stated then
            row.file_type = 'stated_totals'
            and row.about = value.slice || jsonb_build_object('indicator', value.indicator_id, 'period_type', value.period_type)
        else
            row.file_type = any(value.needs)
            and not exists (
                select 1
                from jsonb_each_text(row.about) as said
                inner join jsonb_each_text(value.slice) as asked using (key)
                where said.value <> asked.value
            )
    end
    and case value.period_type
        when 'loop' then row.loop_no::text = value.period or row.loop_no is null
        when 'school_year' then row.school_year = value.period or row.school_year is null
        when 'partnership_year' then
            row.partnership_year_no is null
            or row.partnership_year_no::text = value.period
            or (value.slice ->> 'reading' = 'cumulative' and row.partnership_year_no <= value.period::int)
        else true
    end
inner join inbox.file as file using (file_id)
group by 1, 2, 3
order by 1, 3
"""
"""The delivered rows behind one value: of the files its measure needs, about its slice, in its period."""


def _sources(cursor: psycopg.Cursor[dict[str, Any]], row: dict[str, Any]) -> list[Source]:
    keys = ("school_id", "partnership_id", "indicator_id", "definition_version", "period_type", "period")
    asked = {name: row[name] for name in keys} | {"slice": Jsonb(row["slice"])}
    return [Source(r["file_id"], r["file_name"], r["file_type"], rows_as_written(r["rows"])) for r in cursor.execute(_BEHIND, asked).fetchall()]


def as_text(one: Explanation, language: str) -> str:
    """The explanation as lines for a person."""
    said = {
        "nb": ("Slik er det regnet", "Tallet", "Kommer fra", "rad", "Utgivelse", "Sammenligning"),
        "nn": ("Slik er det rekna", "Talet", "Kjem frå", "rad", "Utgjeving", "Samanlikning"),
        "en": ("How it is counted", "The number", "Comes from", "row", "Release", "Comparison"),
    }[language]
    cut = f" {json.dumps(one.slice, ensure_ascii=False)}" if one.slice else ""
    number = STATUSES.labels[one.status][language]
    if one.value is not None:
        number = f"{one.numerator:g}/{one.denominator:g}" if one.denominator is not None else f"{one.value:g} {one.unit_of_value}"
    lines = [
        f"{one.unit} · {one.indicator_id} v{one.definition_version} · {one.period_type} {one.period}{cut}",
        f"{said[1]}: {number}",
        f"{said[0]}: {one.definition[language]}",
    ]
    lines += [f"! {c[language]}" for c in one.caveats]
    lines += [f"{said[2]}: {s.file_name} · {s.sheet} · {said[3]} {s.rows}" for s in one.sources]
    lines += [f"✓ {c[f'message_{language}']}" if c["passed"] else f"✗ {c[f'message_{language}']} ({c['rows_found']})" for c in one.checks]
    lines.append(f"{said[5]}: {one.comparability}" + (f" ({one.comparability_reason})" if one.comparability_reason else ""))
    lines.append(f"{said[4]}: {one.release_id or '–'}")
    return "\n".join(lines)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
