"""A breakdown of people into groups: all or nothing, on planted answers, attacked, and over two releases."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from dataclasses import dataclass

import psycopg
import pytest
import world
from conftest import copy_of, dbt

from innenfra.contracts.indicators import INDICATORS, split_key
from innenfra.database import local
from innenfra.disclosure.attack import Sum
from innenfra.disclosure.audit import Hidden
from innenfra.disclosure.audit import audit as attack
from innenfra.disclosure.release import remember
from innenfra.settings import Settings
from orchestration.release import audit

YEAR, INDICATOR = "2020/21", "X90"
Part = tuple[int, int]

CASES: dict[str, tuple[Part, dict[str, Part], bool]] = {
    "every part holds five": ((9, 20), {"teacher": (5, 12), "leader": (4, 8)}, True),
    "a part of four": ((9, 20), {"teacher": (7, 16), "leader": (2, 4)}, False),
    "four are left over": ((9, 20), {"teacher": (4, 10), "leader": (3, 6)}, False),
    "those who did not say are a part": (
        (9, 20),
        {"teacher": (4, 10), "leader": (3, 5), "not_stated": (2, 5)},
        True,
    ),
    "a part near none": ((9, 15), {"teacher": (7, 10), "leader": (2, 5)}, True),
    "four in all": ((2, 4), {"teacher": (1, 2), "leader": (1, 2)}, False),
}
"""The whole, its parts, and whether the parts are shown; x of n."""

TRIED = [(n, m) for n, m in ((5, 5), (5, 7), (4, 8))]
"""Sizes of two parts; every way in which they can answer is tried."""


@dataclass(frozen=True)
class Told:
    """What is shown of one number."""

    status: str
    bound: str
    numerator: float | None
    numerator_high: float | None = None


def answers_of(school: world.Place, whole: Part, parts: dict[str, Part]) -> list[world.Answer]:
    made = [world.Answer(school, INDICATOR, YEAR, *whole)]
    return made + [
        world.Answer(school, INDICATOR, YEAR, x, n, json.dumps({"role": role}))
        for role, (x, n) in parts.items()
    ]


@pytest.fixture(scope="module")
def schools(network: str) -> list[world.Place]:
    with psycopg.connect(network) as connection:
        rows = connection.execute(
            "select school_id, municipality_no, partnership_id from register.school inner join"
            " register.partnership_school using (school_id) order by 1"
        ).fetchall()
    return [world.Place(*row) for row in rows]


@pytest.fixture(scope="module")
def worlds() -> list[tuple[Part, Part]]:
    return [((x, n), (y, m)) for n, m in TRIED for x, y in itertools.product(range(n + 1), range(m + 1))]


@pytest.fixture(scope="module")
def url(
    settings: Settings,
    server: local.Server,
    network: str,
    schools: list[world.Place],
    worlds: list[tuple[Part, Part]],
) -> str:
    made = copy_of(server, network)
    said = [
        one
        for school, (whole, parts, _) in zip(schools, CASES.values(), strict=False)
        for one in answers_of(school, whole, parts)
    ]
    for school, (teacher, leader) in zip(schools[len(CASES) :], worlds, strict=False):
        said += answers_of(
            school, (teacher[0] + leader[0], teacher[1] + leader[1]), {"teacher": teacher, "leader": leader}
        )
    with psycopg.connect(made) as connection:
        world.write_measure(connection, INDICATOR, split_by="role")
        world.write_answers(connection, said)
    dbt(settings, made, "run", "--select", "path:models/gate")
    return made


def told(url: str) -> dict[tuple[str, str], Told]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select school_id, coalesce(slice ->> 'role', ''), status, bound, numerator::float,"
            " numerator_high::float from gate.indicator_value where unit_level = 'school' and period_type ="
            " 'school_year'"
        ).fetchall()
    return {(school, role): Told(*rest) for school, role, *rest in rows}


def test_all_parts_or_none(url: str, schools: list[world.Place]) -> None:
    seen = told(url)
    for school, (case, (whole, parts, split)) in zip(schools, CASES.items(), strict=False):
        statuses = {seen[school.school_id, role].status for role in parts}
        assert statuses == ({"observed"} if split else {"suppressed"}), case
        assert seen[school.school_id, ""].status == ("observed" if whole[1] >= 5 else "suppressed"), case
    near_none = schools[list(CASES).index("a part near none")].school_id
    assert seen[near_none, "leader"] == Told("observed", "<=", 2)
    # the undivided number is the range that its parts leave, and not 9: else the two leaders were found
    assert seen[near_none, ""] == Told("observed", "range", 7 + 0, 7 + 2)


def test_the_audit_finds_nothing(url: str) -> None:
    assert audit(url).found == {name: [] for name in audit(url).found}


def test_the_whole_minus_its_parts_gives_nothing(
    url: str, schools: list[world.Place], worlds: list[tuple[Part, Part]], figures: dict[str, str]
) -> None:
    """Every way in which two parts can answer; the attacker knows the rules, everyone's number, and perhaps
    one person's answer."""
    seen = told(url)
    alike: dict[object, list[tuple[int, int]]] = defaultdict(list)
    for school, (teacher, leader) in zip(schools[len(CASES) :], worlds, strict=False):
        alike[
            teacher[1], leader[1], *(seen[school.school_id, role] for role in ("", "teacher", "leader"))
        ].append((teacher[0], leader[0]))
    exact = 0
    for (n, m, _, *parts), possible in alike.items():  # type: ignore[misc]
        for part, (size, shown) in enumerate(zip((n, m), parts, strict=True)):
            if shown.status == "observed" and shown.bound == "=":
                assert all(2 < one[part] < size - 2 for one in possible)
                continue
            for own in (None, 0, 1):
                left = {
                    one[part]
                    for one in possible
                    if own is None or (one[part] >= 1 if own else one[part] < size)
                }
                exact += len(left) == 1
    hidden = sum(1 for (_, _, _, teacher, _) in alike if teacher.status == "suppressed")  # type: ignore[misc]
    figures["disclosure, breakdowns tried one by one"] = (
        f"{len(worlds)} ways to answer in two parts, {exact} numbers found by outsiders or insiders"
    )
    assert len(worlds) < len(schools)
    assert hidden > 3
    assert exact == 0


def test_a_part_left_out_is_found_where_the_whole_is_true() -> None:
    cells = [Hidden("teachers", 16, 7, "exact"), Hidden("leaders", 4, 2, "withheld")]
    assert attack(cells, [Sum((0,), 7, 7), Sum((0, 1), 9, 9)]).found["found_exactly"] == ["leaders"]


def test_a_school_is_told_as_it_was_told_before(
    url: str, settings: Settings, server: local.Server, schools: list[world.Place]
) -> None:
    """In the next release a small part has grown, another has three answers more, and a new part of three has
    come."""
    later = copy_of(server, url)
    place = dict(zip(CASES, schools, strict=False))
    said = [
        one for case, school in place.items() for one in answers_of(school, CASES[case][0], CASES[case][1])
    ]
    grown, changed = place["a part of four"], place["every part holds five"]
    said = [one for one in said if one.place not in (grown, changed)]
    said += answers_of(grown, (15, 32), {"teacher": (9, 20), "leader": (6, 12)})
    said += answers_of(changed, (13, 26), {"teacher": (5, 12), "leader": (6, 11), "other": (2, 3)})
    with psycopg.connect(later) as connection:
        remember(connection)
        connection.execute("insert into published.release (note) values ('test')")
        world.write_answers(connection, said)
    dbt(settings, later, "run", "--select", "path:models/gate")
    seen = told(later)
    assert {seen[grown.school_id, role].status for role in ("teacher", "leader")} == {"suppressed"}
    assert seen[grown.school_id, ""].numerator == 15
    assert (
        seen[changed.school_id, "leader"].numerator,
        seen[changed.school_id, "other"].status,
        seen[changed.school_id, ""].numerator,
    ) == (4, "suppressed", 9)
    assert audit(later).found == {name: [] for name in audit(later).found}


def test_a_small_part_that_is_shown_is_refused(
    url: str, server: local.Server, schools: list[world.Place]
) -> None:
    naive = copy_of(server, url)
    school = schools[list(CASES).index("a part of four")].school_id
    with psycopg.connect(naive) as connection:
        connection.execute(
            "update gate.membership set is_part = true, whole_question = '{}' where school_id = %s", (school,)
        )
    assert audit(naive).found["breakdown_with_a_small_part"] == [f"{school} {INDICATOR} school_year {YEAR}"]


def test_the_catalogue_splits_people_by_one_key() -> None:
    from dataclasses import replace

    people = [one for one in INDICATORS.values() if one.disclosure == "respondents"]
    assert split_key(INDICATORS.values()) == ""
    assert split_key([replace(people[0], parts=(), split_by="role")]) == "role"
    with pytest.raises(ValueError, match="by one key only"):
        split_key(
            [replace(people[0], parts=(), split_by="role"), replace(people[1], parts=(), split_by="grade")]
        )
    with pytest.raises(ValueError, match="only people who answered are split"):
        replace(INDICATORS["A1"], parts=(), split_by="role")
