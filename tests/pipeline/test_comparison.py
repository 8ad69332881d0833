"""Two values of two schools: each reason fires where it should and is silent where it should not, and K3 has
no pair at all."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from innenfra.contracts.indicators import INDICATORS
from orchestration.warehouse import manifest

ONE: dict[str, Any] = {
    "unit_level": "school",
    "partnership_id": "P",
    "indicator_id": "C1",
    "definition_version": 1,
    "comparability_class": "K1",
    "period_type": "school_year",
    "period": "2025/26",
    "slice": "{}",
    "value": 0.5,
    "unit": "share",
    "status": "observed",
    "comparability": "comparable",
    "comparability_reason": None,
    "comparison_family": None,
    "compared_on": (
        '{"method": "lesson_study", "collection_mode": "in_meeting", "loop_design": "1", "log_form":'
        ' "LOGG-v1"}'
    ),
}
K2 = {
    "indicator_id": "S1",
    "comparability_class": "K2",
    "comparability_reason": "same_family_only",
    "comparability": "with_care",
}
FAMILIES = {
    family: K2 | {"comparison_family": f"codebook:{family}"} for family in ("A", "B", "C", "D", "E", "F")
}
NO_VALUE = {"value": None, "status": "not_collected", "comparability_reason": "no_number"}


def on(**kinds: str) -> dict[str, str]:
    return {"compared_on": json.dumps(json.loads(ONE["compared_on"]) | kinds)}


# what the one has, what the other has, the verdict and its reason
PAIRS: list[tuple[str, dict[str, Any], dict[str, Any], str, str | None]] = [
    ("alike", {}, {}, "comparable", None),
    ("a number and none", {}, NO_VALUE, "not_comparable", "no_number"),
    (
        "a number and one that is protected",
        {},
        {"value": None, "status": "suppressed", "comparability_reason": "suppressed"},
        "not_comparable",
        "suppressed",
    ),
    (
        "awaiting the school's own look",
        {},
        {"value": None, "status": "awaiting_member_check", "comparability_reason": "no_number"},
        "not_comparable",
        "no_number",
    ),
    ("a stated zero is a number", {"value": 0, "status": "stated_zero"}, {}, "comparable", None),
    ("definitions", {}, {"definition_version": 2}, "not_comparable", "other_definition"),
    ("the same new definition", {"definition_version": 2}, {"definition_version": 2}, "comparable", None),
    ("methods", {}, on(method="action_learning"), "not_comparable", "other_method"),
    ("a method and several", {}, on(method="mixed"), "not_comparable", "other_method"),
    ("the same other method", on(method="action_learning"), on(method="action_learning"), "comparable", None),
    ("ways of collecting", {}, on(collection_mode="link"), "not_comparable", "other_collection_mode"),
    (
        "the method does not matter to the indicator",
        {"compared_on": None},
        {"compared_on": None},
        "comparable",
        None,
    ),
    ("designs of the loop", {}, on(loop_design="2"), "with_care", "other_loop_design"),
    ("log forms", {}, on(log_form="LOGG-v2"), "with_care", "other_log_form"),
    (
        "method before design",
        {},
        on(method="action_learning", loop_design="2"),
        "not_comparable",
        "other_method",
    ),
    ("one stated total", {}, {"comparability_reason": "stated_total"}, "with_care", "stated_total"),
    ("assumed values", {"comparability_reason": "assumed_values"}, {}, "with_care", "assumed_values"),
    ("incomplete", {}, {"comparability_reason": "incomplete_coverage"}, "with_care", "incomplete_coverage"),
    (
        "both of mixed method",
        on(method="mixed") | {"comparability_reason": "mixed_method"},
        on(method="mixed"),
        "with_care",
        "mixed_method",
    ),
    (
        "both collected in several ways",
        on(collection_mode="mixed") | {"comparability_reason": "mixed_collection_mode"},
        on(collection_mode="mixed"),
        "with_care",
        "mixed_collection_mode",
    ),
    ("near none or all", {}, {"comparability_reason": "edge_values"}, "with_care", "edge_values"),
    ("protected rounds", {}, {"comparability_reason": "protected_rounds"}, "with_care", "protected_rounds"),
    ("a range", {}, {"comparability_reason": "told_as_range"}, "with_care", "told_as_range"),
    ("few answers", {"comparability_reason": "too_few_answers"}, {}, "not_comparable", "too_few_answers"),
    ("uncertain", {}, {"comparability_reason": "low_reliability"}, "not_comparable", "low_reliability"),
    ("one family", FAMILIES["A"], FAMILIES["A"], "comparable", None),
    ("families without a crosswalk", FAMILIES["A"], FAMILIES["F"], "not_comparable", "other_family"),
    ("a family and none", FAMILIES["A"], K2, "not_comparable", "other_family"),
    (
        "several families",
        FAMILIES["A"],
        K2 | {"comparison_family": "mixed"},
        "not_comparable",
        "mixed_family",
    ),
    ("the same by crosswalk", FAMILIES["A"], FAMILIES["B"], "comparable", None),
    ("the same by crosswalk, turned around", FAMILIES["B"], FAMILIES["A"], "comparable", None),
    ("broader by crosswalk", FAMILIES["A"], FAMILIES["C"], "with_care", "other_family"),
    ("narrower, turned around", FAMILIES["C"], FAMILIES["A"], "with_care", "other_family"),
    ("related only", FAMILIES["A"], FAMILIES["D"], "not_comparable", "other_family"),
    ("a crosswalk that nobody has reviewed", FAMILIES["A"], FAMILIES["E"], "not_comparable", "other_family"),
    (
        "by crosswalk, but another method",
        FAMILIES["A"],
        FAMILIES["B"] | on(method="action_learning"),
        "not_comparable",
        "other_method",
    ),
]


@pytest.fixture
def connection(built_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(built_database) as made:
        yield made
        made.rollback()


def plant(connection: psycopg.Connection, school: str, row: dict[str, Any]) -> None:
    whole = ONE | row | {"school_id": school, "unit_id": school}
    names = ", ".join(whole)
    connection.execute(
        f"insert into published.indicator_value ({names}) values ({', '.join(['%s'] * len(whole))})".encode(),
        list(whole.values()),
    )


def plant_crosswalk(connection: psycopg.Connection) -> None:
    """As the gate would give it: B is the same as A, C narrower; D is related. E was never reviewed."""
    connection.cursor().executemany(
        "insert into register.family_crosswalk (family, other_family, relation, reviewed_on) values (%s, %s,"
        " %s, %s)",
        [
            ("codebook:A", "codebook:B", "same", "2025-05-01"),
            ("codebook:A", "codebook:C", "broader", "2025-05-01"),
            ("codebook:A", "codebook:D", "related", "2025-05-01"),
            ("codebook:A", "codebook:E", "same", None),
        ],
    )
    model = json.loads(manifest().read_text())["nodes"]["model.innenfra.gate_family_crosswalk"]
    gate = (
        model["raw_code"]
        .split("\n", 1)[1]
        .replace("{{ ref('stg_register_family_crosswalk') }}", "register.family_crosswalk")
    )
    connection.execute(f"insert into published.family_crosswalk {gate}".encode())


@pytest.mark.parametrize(
    ("one", "other", "verdict", "reason"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS]
)
def test_verdict_between_two_schools(
    connection: psycopg.Connection,
    one: dict[str, Any],
    other: dict[str, Any],
    verdict: str,
    reason: str | None,
) -> None:
    plant(connection, "one", one)
    plant(connection, "other", other)
    plant_crosswalk(connection)
    for pair in (("one", "other"), ("other", "one")):
        rows = connection.execute(
            "select comparability, comparability_reason from published.comparison where school_id = %s and"
            " other_school_id = %s",
            pair,
        ).fetchall()
        assert rows == [(verdict, reason)]


def test_every_verdict_is_among_the_pairs() -> None:
    assert {p[3] for p in PAIRS} == {"comparable", "with_care", "not_comparable"}
    text = (manifest().parents[1] / "macros" / "verdict.sql").read_text(encoding="utf-8")
    between = text[text.index("Two values of two schools") :]
    said = set(re.findall(r"then '(\w+)'", between)) | {
        word
        for listed in re.findall(r"for reason in \[(.*?)\]", between, re.S)
        for word in re.findall(r"\w+", listed)
    }
    assert len(said) == 19
    assert said == {p[4] for p in PAIRS if p[4]}


def test_only_the_same_indicator_period_and_slice_are_held_together(connection: psycopg.Connection) -> None:
    plant(connection, "one", {})
    for number, row in enumerate(
        (
            {"indicator_id": "C4"},
            {"period": "2024/25"},
            {"period_type": "project"},
            {"slice": '{"arena": "team"}'},
        )
    ):
        plant(connection, f"other{number}", row)
    assert connection.execute(
        "select count(*) from published.comparison where school_id = 'one' and other_school_id like 'other%'"
    ).fetchone() == (0,)


def test_what_stays_within_a_school_has_no_pair(connection: psycopg.Connection) -> None:
    plant(connection, "one", {"comparability_class": "K3"})
    plant(connection, "other", {"comparability_class": "K3"})
    assert connection.execute(
        "select count(*) from published.comparison where school_id = 'one'"
    ).fetchone() == (0,)


def test_the_demonstrations_schools_meet(connection: psycopg.Connection, figures: dict[str, str]) -> None:
    """Two schools of the demonstration: pairs for every value that both have, both ways alike, quickly."""
    schools = connection.execute(
        "select school_id from published.indicator_value where unit_level = 'school' group by 1 order by"
        " count(*) desc, 1 limit 2"
    ).fetchall()
    (one,), (other,) = schools
    started = time.monotonic()
    there = connection.execute(
        "select * from published.comparison where school_id = %s and other_school_id = %s", (one, other)
    ).fetchall()
    seconds = time.monotonic() - started
    verdicts = (
        "select comparability, comparability_reason, count(*) from published.comparison where school_id = %s"
        " and other_school_id = %s group by 1, 2 order by 1, 2"
    )
    figures["comparison of two schools"] = f"{len(there)} pairs of values in {seconds:.2f} s"
    assert len(there) > 100
    assert seconds < 1
    assert (
        connection.execute(verdicts, (one, other)).fetchall()
        == connection.execute(verdicts, (other, one)).fetchall()
    )


def test_a_reader_meets_only_schools_that_they_see(connection: psycopg.Connection) -> None:
    """A university sees pairs of its own schools; a school sees no other school."""
    schools = connection.execute(
        "select array_agg(distinct school_id) from published.indicator_value where school_id is not null"
    ).fetchone()
    assert schools
    for subject, role, least in (
        ("demonstration|university|UH1", "university", 2),
        (f"demonstration|school|{schools[0][0]}", "school", 0),
    ):
        with connection.transaction(force_rollback=True):
            connection.execute("set local role innenfra_reader")
            connection.execute(
                "select set_config('app.subject', %s, true), set_config('app.role', %s, true)",
                (subject, role),
            )
            mine = {r[0] for r in connection.execute("select school_id from published.school").fetchall()}
            met = {
                s
                for row in connection.execute(
                    "select distinct school_id, other_school_id from published.comparison"
                ).fetchall()
                for s in row
            }
        assert met <= mine
        assert len(met) >= least


# ---------------------------------------------------------------- K3 stays within the school

SPANNING = {
    "gate.unit_value",
    "marts.owner_value",
    "published.comparison",
    "gate.atom",
    "gate.told_atom",
    "gate.indicator_value",
    "gate.shown_value",
    "marts.indicator_value",
    "published.indicator_value",
    "published.school_indicator_value",
    "gate.reference_value",
    "published.reference_value",
    "gate.funnel_limit",
    "published.funnel_limit",
    "gate.unit_part",
    "gate.shown_before",
}
"""Relations with values in which a row can be about something other than one school."""


def test_which_models_span_schools() -> None:
    """Every model with values that is not one school's is known here, and so looked through below."""
    nodes = [
        n for name, n in json.loads(manifest().read_text())["nodes"].items() if name.startswith("model.")
    ]
    found = set()
    for node in nodes:
        columns = set(node["columns"])
        if node["config"]["materialized"] == "ephemeral":
            continue  # no relation of its own
        if (
            "indicator_id" in columns
            and {"value", "numerator", "x", "safe_x", "low_x", "median", "centre", "comparability"} & columns
            and ("school_id" not in columns or {"unit_level", "other_school_id", "owner_id"} & columns)
        ):
            found.add(f"{node['schema']}.{node['alias']}")
    assert found == SPANNING


def columns_of(connection: psycopg.Connection, relation: str) -> set[str]:
    rows = connection.execute(
        "select attname::text from pg_attribute where attrelid = %s::regclass and attnum > 0 and not"
        " attisdropped",
        (relation,),
    ).fetchall()
    return {r[0] for r in rows}


def within_school_only_beyond_it(connection: psycopg.Connection, relation: str) -> int:
    """Rows of the relation that are of class K3 and about more than one school."""
    columns = columns_of(connection, relation)
    spans = "value.unit_level <> 'school'" if "unit_level" in columns else "true"
    cut = "slice" if "slice" in columns else "question"
    row = connection.execute(
        f"select count(*) from {relation} as value cross join lateral (select measure.comparability_class"
        " from marts.indicator_measure as measure where measure.indicator_id = value.indicator_id and"
        f" value.{cut} @> measure.slice::jsonb order by length(measure.slice) desc limit 1) as known where"
        f" known.comparability_class = 'K3' and {spans}".encode()
    ).fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("relation", sorted(SPANNING))
def test_k3_is_in_no_row_about_more_than_one_school(connection: psycopg.Connection, relation: str) -> None:
    assert within_school_only_beyond_it(connection, relation) == 0


def test_a_k3_value_beyond_its_school_would_be_found(connection: psycopg.Connection) -> None:
    within = next(
        one.indicator_id
        for one in INDICATORS.values()
        if all(m.comparability_class == "K3" for m in one.measures)
    )
    connection.execute(
        "insert into gate.unit_value (unit_level, unit_id, indicator_id, definition_version, slice) values"
        " ('municipality', '1804', %s, 1, '{}')",
        (within,),
    )
    assert within_school_only_beyond_it(connection, "gate.unit_value") == 1


def test_k3_is_there_within_schools(connection: psycopg.Connection) -> None:
    row = connection.execute(
        "select count(*) from published.school_indicator_value where comparability_class = 'K3' and value is"
        " not null"
    ).fetchone()
    assert row
    assert row[0] > 50
