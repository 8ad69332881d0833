"""Drift: whether the newest run went well, what waits for whom, what the audit tried, and a release as it
stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from apps import comparison, frame, sentences
from apps.charts.theme import MARKS
from apps.dialogue import plain
from apps.reader import Rows, as_rows
from apps.view import View
from apps.words import Words
from innenfra.contracts.declare import label
from innenfra.contracts.deliveries import delivery_tables
from innenfra.counties import name_county
from innenfra.settings import Language

PARTS = ("tonight", "runs", "checks", "releases")
Table = tuple[list[str], list[list[str]]]


def render(view: View) -> None:
    """The sentence of the night, and one part at a time."""
    words, reader = view.words, view.reader
    choices = frame.Choices(view)
    part = choices.segments("vis", words("operations.part"), PARTS, lambda p: words(f"operations.part.{p}"))
    findings = as_rows(reader.list_findings())
    run = reader.find_newest_run()
    sentence = answer_page(run, findings, view)
    frame.answer(sentence, say_rows(run, words))
    show = {"tonight": _show_tonight, "runs": _show_runs, "checks": _show_checks, "releases": _show_releases}
    columns, table = show[part](view, choices, findings)
    frame.offer_files(choices, sentence, columns, table)


def answer_page(run: dict[str, Any] | None, findings: Rows, view: View) -> str:
    """When the newest run went, and what was turned away."""
    words = view.words
    if run is None:
        return words("operations.none")
    went = words(
        f"operations.went.{run['outcome']}", day=run["day"], began=run["began"], ended=run["ended"] or "–"
    )
    if run["outcome"] != "succeeded":
        return went
    landed = words("operations.landed", n=run["files_landed"])
    refused = [row for row in findings if row["status"] == "rejected"]
    if not run["files_rejected"]:
        return f"{went} {landed}."
    why = say_finding(refused[0], view).rstrip(".") if refused else ""
    why = why[:1].lower() + why[1:]
    count = comparison.name_number(run["files_rejected"], words)
    rejected = words(
        "operations.rejected", n=count, why=f" ({_name_place(refused[0])}: {why})" if refused else ""
    )
    return f"{went} {landed}, {rejected}."


def say_rows(run: dict[str, Any] | None, words: Words) -> str:
    """That each row that came in is accounted for."""
    return (
        ""
        if run is None
        else words(
            "operations.rows_in",
            read=run["rows_read"],
            landed=run["rows_landed"],
            held=run["rows_held_back"],
        )
    )


def say_finding(row: dict[str, Any], view: View) -> str:
    """A finding as a sentence: where and of which kind, never what was written there."""
    words = view.words
    column = name_column(row["sheet"], row["column"], view.language)
    known = f"rule.{row['rule']}"
    key = known if words.knows(known) else f"rule.any_{row['severity']}"
    said = words(
        key, column=column, n=row["findings"], row="–" if row["first_row"] is None else int(row["first_row"])
    )
    return said[:1].upper() + said[1:]


def name_column(sheet: str | None, column: str | None, language: Language) -> str:
    """The column as the sheet's own header has it; as it was written where it is none of the sheet's."""
    tables = delivery_tables()
    name = (sheet or "").removesuffix(".csv")
    table = tables.get(name)
    if table is None or column is None or column not in table.columns:
        return str(column or "–")
    return label(table.columns[column])[language]


def _name_place(row: dict[str, Any]) -> str:
    return str(row["school_name"] or row["file_name"])


def _show_tonight(view: View, choices: frame.Choices, findings: Rows) -> Table:
    """What waits for someone: school, sentence, and whose turn it is."""
    words = view.words
    columns = [words(f"operations.{name}") for name in ("where", "sentence", "effect", "turn", "received")]
    sought = st.text_input(
        words("operations.search"), placeholder=words("operations.search_example"), key="sought"
    )
    table = [
        [
            plain(" ".join(filter(None, [row["school_code"], _name_place(row)]))),
            plain(say_finding(row, view)),
            words(f"severity.{row['severity']}"),
            words(f"owner.{row['owner']}") if words.knows(f"owner.{row['owner']}") else "–",
            row["received"] or "–",
        ]
        for row in findings
    ]
    table = [line for line in table if sought.casefold() in " ".join(line).casefold()]
    if table:
        st.header(words("operations.waits", n=len(table)), anchor=False)
        frame.draw_table(columns, table)
    else:
        st.markdown(words("operations.nothing_waits"))
    address = f"http://{view.settings.app_host}:{view.settings.dagster_port}"
    st.markdown(f"[{words('operations.dagster')}]({address})")
    return columns, table


def _show_runs(view: View, choices: frame.Choices, findings: Rows) -> Table:
    words = view.words
    columns = [words(f"operations.{name}") for name in ("started", "finished", "outcome")]
    table = [
        [row["started"], row["finished"] or "–", words(f"outcome.{row['outcome'] or 'open'}")]
        for row in as_rows(view.reader.list_runs())
    ]
    frame.draw_table(columns, table)
    return columns, table


def _show_checks(view: View, choices: frame.Choices, findings: Rows) -> Table:
    """Checks with findings in words, and what the audit of the release tried."""
    words = view.words
    checks = as_rows(view.reader.list_failing_checks())
    if checks:
        st.header(words("operations.checks"), anchor=False)
        frame.draw_table(
            [words("operations.checked"), words("operations.rows")],
            [
                [plain(row[f"message_{view.language}"]), f"{row['rows_found']} / {row['rows_checked']}"]
                for row in checks
            ],
        )
    else:
        st.markdown(words("operations.no_checks"))
    audit = next(
        (row["audit"] or {} for row in as_rows(view.reader.list_releases()) if row["state"] == "published"),
        {},
    )
    tried = [(key, audit[key]) for key in audit if words.knows(f"audit.{key}")]
    found = sum(number for _, number in tried)
    st.header(words("operations.audit_found", found=found, n=len(tried)), anchor=False)
    columns = [words("operations.tried"), words("operations.found")]
    table = [[words(f"audit.{key}"), str(number)] for key, number in tried]
    frame.draw_table(columns, table)
    return columns, table


def _show_releases(view: View, choices: frame.Choices, findings: Rows) -> Table:
    """All releases, and one of them as others than the school saw it."""
    words, reader = view.words, view.reader
    releases = as_rows(reader.list_releases())
    columns = [words(f"operations.{name}") for name in ("release", "released", "state", "cells")]
    table = [
        [
            str(row["release_id"]),
            row["released"] or "–",
            words(f"release.{row['state']}"),
            words(
                "operations.cells_of",
                shown=row["cells_shown"],
                pooled=row["cells_pooled"],
                withheld=row["cells_withheld"],
            ),
        ]
        for row in releases
    ]
    frame.draw_table(columns, table)
    published = [str(row["release_id"]) for row in releases if row["state"] == "published"]
    if published:
        st.header(words("operations.past"), anchor=False)
        st.markdown(words("operations.past_lead"))
        _show_past(view, choices, published)
    return columns, table


def _show_past(view: View, choices: frame.Choices, published: Sequence[str]) -> None:
    words, reader = view.words, view.reader
    names = {row["indicator_id"]: row[f"label_{view.language}"] for row in as_rows(reader.list_indicators())}
    labelled = sentences.Labels(as_rows(reader.list_measures()), view.language)
    number = choices.select(
        "utgivelse",
        words("operations.release"),
        published,
        lambda n: f"{words('operations.release')} {n}",
    )
    indicator = choices.select("indikator", words("compare.indicator"), list(names), lambda i: names[i])
    _show_differences(view, choices, published, int(number), indicator, names[indicator])
    cells = reader.list_values_of_release(int(number), indicator).to_dict("records")
    periods = list(dict.fromkeys(f"{cell['period_type']}|{cell['period']}" for cell in cells))
    if not periods:
        st.markdown(words("operations.nothing_then"))
        return
    wanted = choices.select(
        "periode",
        words("period"),
        periods,
        lambda p: sentences.period({"period_type": p.split("|")[0], "period": p.split("|")[1]}, words),
    )
    cells = [cell for cell in cells if f"{cell['period_type']}|{cell['period']}" == wanted]
    frame.draw_table(
        [words("operations.unit"), words("compare.slice"), words("value")],
        [
            [name_unit(cell, words), _name_slice(cell, labelled, names[indicator], words), _mark(cell, words)]
            for cell in cells
        ],
    )


def _show_differences(
    view: View, choices: frame.Choices, published: Sequence[str], number: int, indicator: str, called: str
) -> None:
    """What the release tells otherwise than an earlier one: of how many numbers, and which of the
    indicator's."""
    words = view.words
    earlier = [one for one in published if int(one) < number]
    if not earlier:
        st.markdown(words("operations.first_release", n=number))
        return
    before = choices.select(
        "mot", words("operations.against"), earlier, lambda n: f"{words('operations.release')} {n}"
    )
    found = view.reader.list_differences(int(before), number, indicator)
    st.markdown(say_differences(found, before, number, words))
    labelled = sentences.Labels(as_rows(view.reader.list_measures()), view.language)
    rows = [
        [
            name_unit(cell, words),
            _name_slice(cell, labelled, called, words),
            sentences.period(cell, words),
            words(f"operations.what.{row['what']}"),
            *(_mark(one, words) if one else "–" for one in (pair["before"], pair["after"])),
        ]
        for row in found
        for pair in row["numbers"] or ()
        for cell in (pair["after"] or pair["before"],)
    ]
    if rows:
        heads = ("operations.unit", "compare.slice", "period", "operations.what", "operations.before")
        frame.draw_table([*map(words, heads), words("operations.after")], rows)


def say_differences(found: Rows, before: str, number: int, words: Words) -> str:
    """How many numbers are told otherwise, by what happened to them."""
    if not found:
        return words("operations.no_differences", n=number, before=before)
    counted: dict[str, int] = {}
    for row in found:
        counted[row["what"]] = counted.get(row["what"], 0) + row["numbers_n"]
    parts = [words(f"operations.what_n.{what}", n=n) for what, n in sorted(counted.items())]
    return words(
        "operations.differences",
        n=number,
        before=before,
        all=sum(counted.values()),
        parts=", ".join(parts),
        indicators=len({row["indicator_id"] for row in found}),
    )


def name_unit(cell: dict[str, Any], words: Words) -> str:
    """What a unit is called; counties by name, and what has no name of its own by its level."""
    name, level, unit = cell["unit_name"], cell["unit_level"], str(cell["unit_id"])
    if isinstance(name, str):
        return plain(name)
    if level == "county":
        return plain(name_county(unit))
    return plain(words(f"operations.level.{level}", unit=unit))


def _name_slice(cell: dict[str, Any], labelled: sentences.Labels, called: str, words: Words) -> str:
    """What a slice is called, and by which structure of schools it is summed."""
    cut = {key: value for key, value in cell["slice"].items() if key != "structure"}
    structure = cell["slice"].get("structure")
    parts = [labelled.of(cell["indicator_id"], cut) or called]
    return plain(" · ".join([*parts, *([words(f"operations.structure.{structure}")] if structure else [])]))


def _mark(cell: dict[str, Any], words: Words) -> str:
    return f"{MARKS.get(cell['status'], '')} {sentences.shown(cell, words)}".strip()
