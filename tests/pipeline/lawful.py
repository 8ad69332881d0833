"""Random lawful deliveries over the whole contract, invented from what it declares.

Belongs here: values that each column allows (edge values too), rows that keep every rule of their table,
and manifests.
Does not belong here: anything that a delivery means. A delivery may well speak of teams, meetings or codes
that nobody
has heard of: that is for the checks over several deliveries to tell, and no reason to stop.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from innenfra.contracts.declare import column_rules, delivered, delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.rules import (
    AtMost,
    Between,
    CodeOfKind,
    DateBetween,
    EachOneOf,
    Matches,
    MaxLength,
    NoOverlap,
    NotBefore,
    OneOf,
    Required,
    RequiredWhen,
    Rule,
    SumsTo,
    UniqueKey,
)
from innenfra.demo.network import organisation_numbers

Row = dict[str, Any]
Package = dict[str, list[Row]]
Chance = random.Random

NUMBERS = [n for prefix in ("9920", "9921", "9922") for n in organisation_numbers(prefix)]
YEARS = ("2019/20", "2020/21", "2021/22", "2022/23")
ODD_YEARS = ("2000/01", "2019/20", "2099/00")
NAMES: dict[str, tuple[str, ...]] = {
    "team_id": ("T1", "T2", "T3", "T4"),
    "related_team_id": ("T1", "T2", "T3", "T9"),
    "agreement_id": ("AV-1", "AV-2"),
    "area_id": ("UO-1", "UO-2", "UO-3"),
    "decision_id": ("B-1", "B-2", "B-3", "B-4"),
    "meeting_id": ("M-1", "M-2", "M-3", "M-4", "M-5"),
    "developed_in_meeting_id": ("M-1", "M-77"),
    "mirror_id": ("S-1", "S-2", "S-3"),
    "object_id": ("S-1", "S-2", "F-1"),
    "evidence_ref": ("M-1", "B-1", "S-1", "X-1"),
    "change_basis_ref": ("M-1", "B-1", "X-1"),
    "template_id": ("MA", "MB"),
    "template_version_id": ("MA-v1", "MA-v2", "MB-v1"),
    "log_instrument_id": ("LOGG",),
    "log_instrument_version_id": ("LOGG-v1", "LOGG-v2"),
    "predecessor_version_id": ("LOGG-v1", "LOGG-v2"),
    "predecessor_item_id": ("utbytte", "gruppe"),
    "item_id": ("utbytte", "gruppe", "mer"),
    "answer_code": ("1", "2", "3", "no_answer", "Å_ny.kode-1"),
    "answer_codes": ("1 2 3", "1 2", "ja nei"),
    "codebook_id": ("KB",),
    "codebook_version_id": ("KB-v1", "KB-v2"),
    "from_codebook_version_id": ("KB-v1", "KB-v2"),
    "to_codebook_version_id": ("KB-v1", "KB-v2"),
    "code": ("K1", "K1.1", "K2", "T1", "T2", "H1"),
    "from_code": ("K1", "K2"),
    "to_code": ("K1", "K2"),
    "institution_ids": ("UH1", "UH1 UH2", "UH9"),
    "assessed_by_id": ("UH1", "UH2"),
    "design_version": ("1", "2"),
    "collective_area_ids": ("UO-1", "UO-1 UO-2"),
    "topic_code": ("tema",),
    "phase_code": ("f1",),
    "measure": ("A1", "A4", "C1", "E3", "I1", "S2"),
    "period_value": ("all", "1", "2020/21"),
    "slice": ("plan=activity_plan", "arena=team;grain=loop", "ukjent=1"),
    "round_week": ("2020-W01", "2021-W53"),
    "schema_version": ("1.0", "1.1"),
}
"""Names that deliveries know each other by: few, so that most meet, and some that nothing else says."""

SMALL = (1, 1, 2, 2, 3, 4)
FREE = ("", "Æ", "«Ord, med komma»; og semikolon", "=1+1")
OWN_CODES = ("local.eget", "local." + "x" * 34)
"""Codes of a partnership's own, where a list may be added to."""


# ---------------------------------------------------------------- one value


def value(chance: Chance, column: sa.Column[Any], own: Row) -> Any:
    """A value that the column allows; `own` are those that the delivery settles."""
    name, rules = column.name, column_rules(column)
    if name in own:
        return own[name]
    if not any(isinstance(r, Required) for r in rules) and chance.random() < 0.3:
        return None
    for rule in rules:
        made = _by_rule(chance, name, column, rule)
        if made is not None:
            return made
    return chance.choice(NAMES.get(name, ("x",)))


def _by_rule(chance: Chance, name: str, column: sa.Column[Any], rule: Rule) -> Any:
    if isinstance(rule, OneOf):
        return chance.choice(rule.codes.codes)
    if isinstance(rule, EachOneOf):
        return " ".join(chance.sample(rule.codes.codes, chance.randint(1, min(3, len(rule.codes.codes)))))
    if isinstance(rule, Between):
        return _number(chance, column, rule)
    if isinstance(rule, DateBetween):
        if chance.random() < 0.05:
            return chance.choice((rule.first, rule.last))
        return dt.date(2019, 8, 1) + dt.timedelta(days=chance.randint(0, 1400))
    if isinstance(rule, Matches):
        if name == "school_year":
            return chance.choice(YEARS) if chance.random() < 0.97 else chance.choice(ODD_YEARS)
        return chance.choice(NAMES.get(name, ("x",)))
    if isinstance(rule, MaxLength):
        return chance.choice((*FREE[1:], "å" * rule.characters))
    return None


def _number(chance: Chance, column: sa.Column[Any], rule: Between) -> Any:
    low, high = rule.low, rule.high if rule.high is not None else 10**9
    if chance.random() < 0.12:
        return chance.choice(
            (low, high) if isinstance(column.type, sa.Integer) else (low, high, round(low + 0.1, 1))
        )
    if not isinstance(column.type, sa.Integer) and chance.random() < 0.3:
        return round(chance.uniform(low, min(high, low + 3)), 3)
    top = min(high, low + chance.choice((*SMALL, 30)))
    return int(chance.randint(int(low), int(top)))


# ---------------------------------------------------------------- the rules of a table


def lawful(chance: Chance, table: sa.Table, rows: list[Row]) -> list[Row]:
    """The rows, mended until each rule of the table holds; what cannot be mended is left out."""
    for rule in delivered(table).rules:
        if isinstance(rule, RequiredWhen):
            _fill(chance, table, rule, rows)
        if isinstance(rule, CodeOfKind):
            _choose_codes(chance, rule, rows)
    for rule in delivered(table).rules:
        mend = MENDED.get(type(rule))
        rows = mend(rule, rows) if mend else rows
    return rows


def _fill(chance: Chance, table: sa.Table, rule: RequiredWhen, rows: list[Row]) -> None:
    column = table.c[rule.then]
    for row in rows:
        applies = row[rule.when] in rule.values if rule.values else row[rule.when] is not None
        while applies and row[rule.then] is None:
            row[rule.then] = value(chance, column, {})


def _choose_codes(chance: Chance, rule: CodeOfKind, rows: list[Row]) -> None:
    lists = dict(rule.lists)
    for row in rows:
        kind = row[rule.kind]
        if kind in lists and row[rule.of] is not None:
            row[rule.of] = chance.choice(lists[kind].codes + (OWN_CODES if kind in rule.local else ()))


def _in_order(rule: NotBefore, rows: list[Row]) -> list[Row]:
    last = dt.date(2099, 12, 31)
    kept = []
    for row in rows:
        earlier, later = row[rule.earlier], row[rule.later]
        if earlier and later and (later <= earlier if rule.strictly else later < earlier):
            row[rule.later] = min(earlier + dt.timedelta(days=1), last)
        if not (rule.strictly and row[rule.earlier] == last):
            kept.append(row)
    return kept


def _at_most(rule: AtMost, rows: list[Row]) -> list[Row]:
    for row in rows:
        part, whole = row[rule.part], row[rule.whole]
        if part is not None and whole is not None and part > whole:
            row[rule.part] = whole
    return rows


def _unique(rule: UniqueKey, rows: list[Row]) -> list[Row]:
    return list({tuple(row[c] for c in rule.columns): row for row in rows}.values())


def _sums(rule: SumsTo, rows: list[Row]) -> list[Row]:
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[c] for c in rule.group), []).append(row)
    for group in groups.values():
        for row in group:
            row[rule.part] = min(row[rule.part], 1000)
        total = sum(row[rule.part] for row in group)
        for row in group:
            row |= {rule.total: total, "invited_n": max(total, group[0]["invited_n"])}
    return rows


def _apart(rule: NoOverlap, rows: list[Row]) -> list[Row]:
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in sorted(rows, key=lambda r: r[rule.start]):
        before = groups.setdefault(tuple(row[c] for c in rule.group), [])
        if before and before[-1][rule.start] >= row[rule.start]:
            continue
        if before and (before[-1][rule.end] or dt.date.max) >= row[rule.start]:
            before[-1][rule.end] = row[rule.start] - dt.timedelta(days=1)
        before.append(row)
    return [row for group in groups.values() for row in group]


MENDED: dict[type[Rule], Callable[[Any, list[Row]], list[Row]]] = {
    NotBefore: _in_order,
    AtMost: _at_most,
    UniqueKey: _unique,
    SumsTo: _sums,
    NoOverlap: _apart,
}


# ---------------------------------------------------------------- one delivery


def rows_of(chance: Chance, file_type: str, own: Row) -> list[Row]:
    """Rows of one file type that keep every rule of their table."""
    table = delivery_tables()[file_type]
    columns = delivered_columns(table)
    wanted = chance.choice((0, 1, 2, 4, 8))
    made = [{c.name: value(chance, c, own) for c in columns} for _ in range(wanted)]
    return lawful(chance, table, made)


def manifest_of(chance: Chance, package: Package, own: Row, delivery: str, earlier: list[str]) -> list[Row]:
    """A manifest that speaks of every year of every file in it, and of some that are not there."""
    table = delivery_tables()["manifest"]
    columns = delivered_columns(table)
    day = None if chance.random() < 0.3 else dt.date(2023, 1, 1) + dt.timedelta(days=chance.randint(0, 300))
    corrects = chance.choice([None, None, None, delivery, "UKJENT", *earlier])
    made: list[Row] = []
    for file_type in [t for t in delivery_tables() if t != "manifest"]:
        rows = package.get(file_type)
        if rows is None and chance.random() < 0.6:
            continue
        years = {r["school_year"] for r in rows or [] if r.get("school_year")} or {chance.choice(YEARS)}
        said = chance.choice(("complete", "complete", "partial", "not_collected", "not_in_design", "delayed"))
        for year in sorted(years):
            loops = sorted({r["loop_no"] for r in rows or [] if r.get("loop_no") is not None})
            for loop in loops if loops and chance.random() < 0.2 else [None]:
                row = {c.name: None for c in columns} | own
                made.append(
                    row
                    | {
                        "delivery_id": delivery,
                        "schema_version": "1.0" if day is None else chance.choice(NAMES["schema_version"]),
                        "file_type": file_type,
                        "school_year": year,
                        "loop_no": loop,
                        "completeness": said,
                        "supersedes_delivery_id": corrects,
                        "prepared_by_role": "leadership",
                        "delivered_on": day,
                        "assumed_columns": chance.choice(
                            (None, None, "school_year valid_from", "finnes_ikke")
                        ),
                    }
                )
    return lawful(chance, table, made)


def delivery(chance: Chance, school: str, partnership: str, name: str, earlier: list[str]) -> Package:
    """One lawful delivery: some or all file types, and a manifest."""
    own = {"school_id": school, "partnership_id": partnership}
    share = chance.choice((0.3, 0.8, 1.0))
    package = {
        file_type: rows_of(chance, file_type, own)
        for file_type in delivery_tables()
        if file_type != "manifest" and chance.random() < share
    }
    return {"manifest": manifest_of(chance, package, own, name, earlier), **package}


def network(chance: Chance, school: str) -> list[tuple[str, Package]]:
    """What one school delivers: up to four deliveries in up to two partnerships, in the order of arrival."""
    partnerships = [f"P-{school[-5:]}-{n}" for n in range(chance.choice((1, 1, 2)))]
    names = [f"D{n}" for n in range(chance.choice((1, 2, 4)))]
    return [
        (name, delivery(chance, school, chance.choice(partnerships), name, [n for n in names if n != name]))
        for name in names
    ]


# ---------------------------------------------------------------- files


def write(folder: Path, package: Package, chance: Chance) -> None:
    """A folder of CSV; columns that nobody filled in and nobody must are sometimes not there at all."""
    folder.mkdir(parents=True)
    for file_type, rows in package.items():
        columns = [
            c.name
            for c in delivered_columns(delivery_tables()[file_type])
            if any(row[c.name] is not None for row in rows) or not c.nullable or chance.random() < 0.5
        ]
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([["" if row[c] is None else row[c] for c in columns] for row in rows])
        (folder / f"{file_type}.csv").write_bytes(buffer.getvalue().encode("utf-8-sig"))


def write_registers(folder: Path, schools: list[str]) -> None:
    """Registers of the schools, each with the partnerships that it may name."""
    folder.mkdir(parents=True)
    _register(
        folder,
        "school",
        [
            {
                "school_id": s,
                "valid_from": "2010-01-01",
                "name": s,
                "owner_id": "998871026",
                "municipality_no": "1804",
                "school_code": s,
            }
            for s in schools
        ],
    )
    _register(
        folder,
        "school_owner",
        [
            {
                "owner_id": "998871026",
                "valid_from": "2010-01-01",
                "name": "Bodø",
                "owner_type": "municipality",
                "municipality_no": "1804",
            }
        ],
    )
    _register(
        folder,
        "institution",
        [{"institution_id": code, "valid_from": "2010-01-01", "name": code} for code in ("UH1", "UH2")],
    )
    pairs = [(s, f"P-{s[-5:]}-{n}") for s in schools for n in (0, 1)]
    _register(
        folder,
        "partnership",
        [
            {
                "partnership_id": p,
                "title": p,
                "status": "running",
                "started_on": "2019-08-01",
                "ended_on": "2021-07-31" if p[-1] == "1" else "",
            }
            for _, p in pairs
        ],
    )
    _register(
        folder,
        "partnership_school",
        [{"partnership_id": p, "school_id": s, "invited": "true", "accepted": "true"} for s, p in pairs],
    )
    _register(
        folder,
        "partnership_party",
        [
            {"partnership_id": p, "party_id": "UH1", "party_type": "institution", "valid_from": "2010-01-01"}
            for _, p in pairs
        ],
    )


def _register(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_networks(folder: Path, seeds: range) -> list[str]:
    """The networks of these seeds below `folder`; their schools."""
    schools = [NUMBERS[seed] for seed in seeds]
    write_registers(folder / "registers", schools)
    for seed, school in zip(seeds, schools, strict=True):
        chance = random.Random(f"lawful-{seed}")
        for number, (name, package) in enumerate(network(chance, school)):
            write(folder / "inbox" / f"{seed:05d}-{number}-{name}", package, chance)
    return schools
