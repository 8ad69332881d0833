"""Records as they are published, counted anew from the delivered files in plain Python; who reads them
when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from conftest import copy_of, dbt
from pipeline.independent.reading import Delivery, Row, each, read_inbox
from psycopg.rows import dict_row

from innenfra.contracts.records import RECORDS
from innenfra.database.local import Server
from innenfra.settings import Settings

Delivered = dict[tuple[str, str], list[Delivery]]
Key = tuple[Any, ...]

AS_DELIVERED = {
    "loop": (
        "loops",
        "loop_no partnership_year_no method status planned_start planned_end actual_start actual_end",
    ),
    "loop_design": (
        "loops",
        (
            "loop_no loop_goal design_version plan_planning_min plan_research_lesson_min plan_evaluation_min"
            " plan_full_staff_sharing_min plan_joint_theorisation_min template_status template_version_id"
            " log_instrument_version_id collective_area_ids"
        ),
    ),
    "team_loop": (
        "team_loops",
        (
            "loop_no team_id status headcount experienced_n planning_min research_lesson_min evaluation_min"
            " research_lessons_held_n observers_n observation_focus_recorded goal_subject"
            " goal_cross_curricular goal_formulated_before_design te_in_planning te_in_evaluation"
            " te_in_research_lesson leader_present"
        ),
    ),
    "agreement_plan_year": (
        "agreement_plan_years",
        "agreement_id version_no partnership_year_no planned_loops",
    ),
    "agreement": (
        "agreement_versions",
        (
            "agreement_id version_no valid_from valid_to planned_years change_reason signed_on has_goals"
            " has_frames has_roles has_organisation owner_is_party change_basis_ref"
        ),
    ),
    "commitment": (
        "agreement_commitments",
        "agreement_id version_no commitment_no party commitment_type quantity unit per",
    ),
    "commitment_review": (
        "commitment_reviews",
        "agreement_id version_no commitment_no school_year assessed_by assessed_by_id result assessed_on",
    ),
    "meeting": (
        "meetings",
        (
            "meeting_id meeting_date arena loop_no loop_relation minutes group_format teachers_n"
            " process_leaders_n leaders_n teacher_educators_n teams_represented_n te_mode"
        ),
    ),
    "meeting_activity": ("meeting_activities", "meeting_id activity_code led_by"),
    "mirror_item": (
        "mirror_items",
        (
            "loop_no mirror_id dimension topic_code form desired_practice seed all_teams_included"
            " first_presented_on"
        ),
    ),
    "mirror_presentation": ("mirror_presentations", "mirror_id meeting_id"),
    "decision": (
        "decisions",
        (
            "decision_id decided_on meeting_id decision_type proposed_by decided_by based_on mirror_id"
            " effective_loop_no confirmed_by_both"
        ),
    ),
    "development_area": (
        "development_areas",
        "area_id scope origin origin_agreed_by_both first_loop_no last_loop_no",
    ),
    "code": (
        "coded_counts",
        (
            "school_year loop_no arena codebook_version_id code n_units_with_code n_units_base coded_by_party"
            " double_coded_n agreement_measure agreement_value"
        ),
    ),
    "note": (
        "notes",
        (
            "note_type code school_year first_loop_no without_te rejected_by_practitioners introduced_by"
            " evidence_ref agreed_by_both"
        ),
    ),
    "school_context": ("school_year", "school_year principal_changed concurrent_initiatives_n onboarding_by"),
}
"""Records whose rows are rows of one file type, with the columns that are as they were delivered."""

BY_SCHOOL = {
    "template": (
        "template_versions",
        (
            "template_id template_version_id phase_no phase_code canonical_phase prompts_n first_loop_no"
            " developed_in_meeting_id based_on_mirror"
        ),
    ),
    "instrument_item": (
        "log_instruments",
        (
            "log_instrument_id log_instrument_version_id item_id theme scale answer_codes wording_nb"
            " wording_nn wording_en predecessor_version_id predecessor_item_id same_meaning"
        ),
    ),
    "codebook": (
        "codebooks",
        "codebook_id codebook_version_id code category level canonical_code label_nb",
    ),
    "code_crosswalk": (
        "code_crosswalk",
        "from_codebook_version_id from_code to_codebook_version_id to_code relation reviewed",
    ),
    "team": ("teams", "team_id team_label team_kind valid_from valid_to change_type related_team_id"),
}
"""The same of what all partnerships of a school use together."""


@pytest.fixture(scope="module")
def delivered(built_database: str, settings: Settings) -> Delivered:
    return read_inbox(each(Path(settings.inbox_url)))


@pytest.fixture(scope="module")
def published(built_database: str) -> Callable[[str], list[Row]]:
    def rows(name: str) -> list[Row]:
        with psycopg.connect(built_database, row_factory=dict_row) as connection:
            return connection.execute(f"select * from published.{name}".encode()).fetchall()

    return rows


def of(delivered: Delivered, file_type: str) -> Iterator[tuple[str, str, Row]]:
    """Rows that count, with their school and partnership."""
    for (school, partnership), counts in delivered.items():
        for one in counts:
            if one.file_type == file_type:
                yield from ((school, partnership, row) for row in one.rows)


def plain(value: object) -> object:
    """A value as text, so that a code of digits is the same read from a file and from the database."""
    return (
        None
        if value is None or value == ""
        else format(value.normalize(), "f")
        if hasattr(value, "normalize")
        else str(value)
    )


def cut(row: Row, names: str) -> Key:
    return tuple(plain(row.get(name)) for name in names.split())


@pytest.mark.parametrize("name", AS_DELIVERED)
def test_a_record_of_a_partnership_is_what_was_delivered(
    name: str, delivered: Delivered, published: Callable[[str], list[Row]]
) -> None:
    file_type, names = AS_DELIVERED[name]
    said = Counter(
        (school, partnership, *cut(row, names)) for school, partnership, row in of(delivered, file_type)
    )
    shown = Counter(
        (r["school_id"], r["partnership_id"], *cut(r, names))
        for r in published(name)
        if r.get("written_in") != "app"
    )
    assert said
    assert shown == said


@pytest.mark.parametrize("name", BY_SCHOOL)
def test_a_record_of_a_school_is_what_was_delivered(
    name: str, delivered: Delivered, published: Callable[[str], list[Row]]
) -> None:
    file_type, names = BY_SCHOOL[name]
    said = {(school, *cut(row, names)) for school, _, row in of(delivered, file_type)}
    shown = [(r["school_id"], *cut(r, names)) for r in published(name)]
    assert said
    assert sorted(shown, key=str) == sorted(said, key=str)


def test_teams_are_told_as_counts(delivered: Delivered, published: Callable[[str], list[Row]]) -> None:
    told: dict[Key, Counter[str]] = {}
    for school, partnership, row in of(delivered, "team_loops"):
        one = told.setdefault((school, partnership, row["loop_no"]), Counter())
        one["told_n"] += 1
        one[f"{row['status']}_n"] += 1
        one["research_lessons_n"] += row["research_lessons_held_n"]
        one["retaught_n"] += row["research_lessons_held_n"] > 1
        one["timed_n"] += all(
            row.get(m) is not None for m in ("planning_min", "research_lesson_min", "evaluation_min")
        )
        for minutes in ("planning_min", "research_lesson_min", "evaluation_min"):
            one[minutes] += row.get(minutes) or 0
        for column, count in (
            ("observation_focus_recorded", "focus_recorded_n"),
            ("goal_subject", "goal_subject_n"),
            ("goal_cross_curricular", "goal_cross_curricular_n"),
            ("goal_formulated_before_design", "goal_before_design_n"),
        ):
            one[count] += row.get(column) == "yes"
    assert len(told) > 50
    for row in published("loop_teams"):
        expected = told.get((row["school_id"], row["partnership_id"], row["loop_no"]))
        if expected is None:
            assert row["told_n"] is None
            continue
        for count in (
            "told_n",
            "completed_n",
            "partly_n",
            "not_participating_n",
            "research_lessons_n",
            "retaught_n",
            "timed_n",
            "focus_recorded_n",
            "goal_subject_n",
            "goal_cross_curricular_n",
            "goal_before_design_n",
        ):
            assert row[count] == expected[count], (row, count)
        assert row["cancelled_n"] == expected["cancelled_n"] + expected["cancelled_agreed_n"]
        for minutes in ("planning_min", "research_lesson_min", "evaluation_min"):
            assert (row[minutes] or 0) == expected[minutes], (row, minutes)


def test_phases_are_told_as_counts_of_teams(
    delivered: Delivered, published: Callable[[str], list[Row]]
) -> None:
    told: Counter[Key] = Counter(
        (school, partnership, row["loop_no"], row["template_version_id"], row["phase_no"], row["used"])
        for school, partnership, row in of(delivered, "team_loop_phases")
    )
    shown: Counter[Key] = Counter()
    for row in published("loop_phase"):
        key = tuple(
            row[k] for k in ("school_id", "partnership_id", "loop_no", "template_version_id", "phase_no")
        )
        for used, count in (("yes", "used_n"), ("partly", "partly_n"), ("no", "not_used_n")):
            shown[(*key, used)] += row[count]
    assert told
    assert {k: n for k, n in shown.items() if n} == dict(told)


def test_the_educators_part_is_told_by_arena(
    delivered: Delivered, published: Callable[[str], list[Row]]
) -> None:
    told: Counter[Key] = Counter()
    for school, partnership, row in of(delivered, "team_loops"):
        if row["status"] in ("completed", "partly"):
            for arena in ("planning", "research_lesson", "evaluation"):
                told[(school, partnership, row["loop_no"], arena, row[f"te_in_{arena}"])] += 1
    for school, partnership, row in of(delivered, "meetings"):
        if row["loop_no"] is not None:
            told[(school, partnership, row["loop_no"], row["arena"], row["te_mode"])] += 1
    shown = {
        tuple(row[k] for k in ("school_id", "partnership_id", "loop_no", "arena", "part")): row["times_n"]
        for row in published("educator_part")
    }
    assert shown == dict(told)


def test_arrows_between_arenas(delivered: Delivered, published: Callable[[str], list[Row]]) -> None:
    made = {
        (school, partnership, row["loop_no"], row["from_arena"], row["to_arena"])
        for school, partnership, row in of(delivered, "arena_links")
    }
    held = {
        (school, partnership, row["loop_no"])
        for school, partnership, row in of(delivered, "loops")
        if row["status"] in ("completed", "shortened", "running")
    }
    expected: dict[Key, int] = {}
    for school, partnership, row in of(delivered, "expected_arena_links"):
        for s, p, loop_no in held:
            if (s, p) == (school, partnership) and row["first_loop_no"] <= loop_no <= (
                row["last_loop_no"] or loop_no
            ):
                key = (s, p, loop_no, row["from_arena"], row["to_arena"])
                expected[key] = max(expected.get(key, 0), row["model_version"])
    shown = {
        tuple(row[k] for k in ("school_id", "partnership_id", "loop_no", "from_arena", "to_arena")): row
        for row in published("arena_link")
    }
    assert set(shown) == made | set(expected)
    assert all(row["model_version"] == expected.get(key) for key, row in shown.items())
    assert {key for key, row in shown.items() if row["is_realised"]} == made
    assert any(row["is_realised"] is False for row in shown.values())


def test_an_item_has_the_newest_answer(delivered: Delivered, published: Callable[[str], list[Row]]) -> None:
    rank = {"not_recognised": 0, "partly": 1, "recognised": 2}
    newest: dict[Key, tuple[Any, ...]] = {}
    for school, partnership, row in of(delivered, "member_checks"):
        if row["object_type"] == "mirror" and row["outcome"] in rank:
            key = (school, partnership, row["object_id"])
            mine = (row["checked_on"], -rank[row["outcome"]])
            if key not in newest or mine > newest[key][:2]:
                newest[key] = (*mine, row["outcome"], row["revised"] == "yes")
    shown = {(r["school_id"], r["partnership_id"], r["mirror_id"]): r for r in published("mirror_item")}
    assert set(newest) <= set(shown)
    for key, row in shown.items():
        answer = newest.get(key)
        assert row["outcome"] == (answer[2] if answer else None), key
        assert row["is_unrecognised"] == bool(answer and answer[2] == "not_recognised" and not answer[3])
    assert {r["outcome"] for r in shown.values()} >= {"recognised", "partly"}


def test_what_is_new_in_a_loop(delivered: Delivered, published: Callable[[str], list[Row]]) -> None:
    compared = {
        "design": ("design_version",),
        "template": ("template_version_id",),
        "form": ("log_instrument_version_id",),
        "areas": ("collective_area_ids",),
        "time": (
            "plan_planning_min",
            "plan_research_lesson_min",
            "plan_evaluation_min",
            "plan_full_staff_sharing_min",
            "plan_joint_theorisation_min",
        ),
    }
    loops: dict[Key, dict[int, Row]] = {}
    for school, partnership, row in of(delivered, "loops"):
        loops.setdefault((school, partnership), {})[row["loop_no"]] = row
    for row in published("loop_design"):
        mine = loops[(row["school_id"], row["partnership_id"])]
        before = [n for n in mine if n < row["loop_no"]]
        if not before:
            assert row["new_in_it"] is None
            continue
        now, then = mine[row["loop_no"]], mine[max(before)]
        new = [what for what, names in compared.items() if any(now.get(n) != then.get(n) for n in names)]
        assert row["new_in_it"].split() == new, row


def test_a_trail_leads_from_mirror_data_to_what_was_decided(
    delivered: Delivered, published: Callable[[str], list[Row]]
) -> None:
    edges: set[Key] = set()
    for school, partnership, row in of(delivered, "mirror_presentations"):
        edges.add((school, partnership, "mirror_item", row["mirror_id"], "meeting", row["meeting_id"]))
    meetings = {(s, p, r["meeting_id"]) for s, p, r in of(delivered, "meetings")}
    decisions = set()
    for school, partnership, row in of(delivered, "decisions"):
        about = (school, partnership)
        decisions.add((*about, row["decision_id"]))
        if row["meeting_id"]:
            edges.add((*about, "meeting", row["meeting_id"], "decision", row["decision_id"]))
        if row.get("mirror_id"):
            edges.add((*about, "mirror_item", row["mirror_id"], "decision", row["decision_id"]))
        if row["effective_loop_no"]:
            edges.add((*about, "decision", row["decision_id"], "loop", str(row["effective_loop_no"])))
    for row in published("decision"):
        if row["written_in"] == "app":
            about = (row["school_id"], row["partnership_id"])
            edges.add((*about, "mirror_item", row["mirror_id"], "decision", row["decision_id"]))
            edges.add((*about, "decision", row["decision_id"], "loop", str(row["effective_loop_no"])))
    for school, partnership, row in of(delivered, "template_versions"):
        basis = (school, partnership, row.get("developed_in_meeting_id"))
        if basis in meetings:
            edges.add((school, partnership, "meeting", basis[2], "template", row["template_version_id"]))
    for school, partnership, row in of(delivered, "agreement_versions"):
        basis = (school, partnership, row.get("change_basis_ref"))
        kind = "decision" if basis in decisions else "meeting" if basis in meetings else None
        if kind:
            to = f"{row['agreement_id']}/{row['version_no']}"
            edges.add((school, partnership, kind, basis[2], "amendment", to))
    names = ("school_id", "partnership_id", "from_kind", "from_id", "to_kind", "to_id")
    shown = [tuple(row[k] for k in names) for row in published("trail")]
    assert len(shown) == len(set(shown))
    assert set(shown) == edges
    assert {(e[2], e[4]) for e in edges} >= {
        ("mirror_item", "meeting"),
        ("meeting", "decision"),
        ("decision", "loop"),
        ("decision", "amendment"),
    }


def test_a_record_waits_with_the_numbers_that_are_counted_from_it(built_database: str) -> None:
    waiting: dict[str, int] = {}
    with psycopg.connect(built_database) as connection:
        awaited = set(
            connection.execute(
                "select school_id, partnership_id, indicator_id, period_type, period from gate.shown_value"
                " where status = 'awaiting_member_check'"
            ).fetchall()
        )
        for one in (r for r in RECORDS.values() if r.waits_with):
            has_loop = any(c.name == "loop_no" for c in one.columns)
            loop = "loop_no::text" if has_loop else "null::text"
            rows = connection.execute(
                f"select school_id, partnership_id, {loop}, school_year, awaits_school from"
                f" published.{one.name}".encode()
            ).fetchall()
            for school, partnership, loop_no, year, awaits in rows:
                periods = (("loop", loop_no), ("school_year", year))
                expected = any(
                    (school, partnership, indicator, *period) in awaited
                    for indicator in one.waits_with
                    for period in periods
                )
                assert awaits == expected, (one.name, school, loop_no, year)
                waiting[one.name] = waiting.get(one.name, 0) + awaits
    assert {"loop", "loop_teams", "decision", "code"} <= {name for name, n in waiting.items() if n}


def test_what_is_written_in_the_app_is_a_record_at_the_next_release(
    built_database: str, server: Server, settings: Settings
) -> None:
    """Through the same models as delivered rows, with its source marked."""
    url = copy_of(server, built_database)
    with psycopg.connect(url) as connection:
        school, partnership, item, loop_no = connection.execute(
            "select school_id, partnership_id, mirror_id, loop_no from published.mirror_item"
            " where outcome = 'recognised' order by 1, 4, 3 limit 1"
        ).fetchone() or ("", "", "", 0)
        agreed = connection.execute(
            "select agreement_id, version_no, commitment_no from published.commitment where school_id = %s"
            " order by 1, 2, 3 limit 1",
            (school,),
        ).fetchone()
        assert agreed
        connection.execute(
            "insert into dialogue.mirror_answer (school_id, partnership_id, mirror_id, by_subject, answer,"
            " comment) values (%s, %s, %s, 'x', 'not_recognised', 'Ikke slik hos oss')",
            (school, partnership, item),
        )
        connection.execute(
            "insert into dialogue.decision (school_id, partnership_id, by_subject, decision_type,"
            " proposed_by, decided_by, mirror_id, effective_loop_no, text) values (%s, %s, 'x',"
            " 'organisation', 'teachers', 'development_group', %s, %s, 'Vi prøver lengre evaluering')",
            (school, partnership, item, loop_no + 1),
        )
        connection.execute(
            "insert into dialogue.commitment_review (school_id, partnership_id, by_subject, agreement_id,"
            " version_no, commitment_no, school_year, assessed_by, result) values (%s, %s, 'x', %s, %s, %s,"
            " '2031/32', 'school', 'kept')",
            (school, partnership, *agreed),
        )
        connection.commit()
    gate = [
        f"gate_{name}"
        for name in ("mirror_item", "decision", "commitment_review", "mirror_presentation", "trail")
    ]
    dbt(settings, url, "run", "--select", *gate)
    with psycopg.connect(url) as connection:
        about = (school, partnership, item)
        found = connection.execute(
            "select outcome, is_unrecognised, comment, checked_by from gate.mirror_item where (school_id,"
            " partnership_id, mirror_id) = (%s, %s, %s)",
            about,
        ).fetchall()
        assert found == [("not_recognised", True, "Ikke slik hos oss", "leadership")]
        decided = connection.execute(
            "select decision_id, text, based_on, effective_loop_no, decided_on, written_in from gate.decision"
            " where written_in = 'app' and text = 'Vi prøver lengre evaluering'"
        ).fetchall()
        today = dt.date.today()
        assert [d[1:] for d in decided] == [
            ("Vi prøver lengre evaluering", "mirror_data", loop_no + 1, today, "app")
        ]
        led = connection.execute(
            "select from_kind, to_kind, is_unrecognised from gate.trail where to_id = %s or from_id = %s"
            " order by 1",
            (decided[0][0], decided[0][0]),
        ).fetchall()
        assert led == [("decision", "loop", False), ("mirror_item", "decision", True)]
        assessed = connection.execute(
            "select result, written_in from gate.commitment_review where school_year = '2031/32'"
        ).fetchall()
        assert assessed == [("kept", "app")]
        # revised by its author, it is there for others again
        connection.execute(
            "insert into dialogue.mirror_text (school_id, partnership_id, mirror_id, by_subject, text)"
            " values (%s, %s, %s, 'y', 'Noen team ber om hypoteser før timen')",
            about,
        )
        connection.commit()
    dbt(settings, url, "run", "--select", "gate_mirror_item")
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select outcome, is_unrecognised, text from gate.mirror_item where (school_id, partnership_id,"
            " mirror_id) = (%s, %s, %s)",
            about,
        ).fetchall()
    assert found == [("not_recognised", False, "Noen team ber om hypoteser før timen")]
