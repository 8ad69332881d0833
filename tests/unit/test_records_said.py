"""What pages of records say of rows: sentences, places on the strip, trails, and what is left unsaid."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import altair as alt
import pytest

from apps import mirror_forms, records
from apps.app_pages import agreement, development, loops, mirror_draft, own_part, support
from apps.charts.development import lanes, wheel
from apps.charts.loops import hour_panels, loop_strip, phase_panels, tell_strip
from apps.charts.support import arena_map, part_dots, support_bars, tell_map
from apps.charts.theme import DARK, LIGHT
from apps.words import translator

LANGUAGES = ("nb", "nn", "en")
nb = translator("nb")
TODAY = dt.date(2026, 11, 27)


@pytest.fixture(autouse=True)
def held_against_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are held against Vega-Lite's schema here; pages leave it out."""
    written = alt.TopLevelMixin.to_dict

    def checked(self: alt.TopLevelMixin, validate: bool = True, **more: Any) -> dict[str, Any]:
        # a part of a chart need not be one by itself
        return written(self, validate=validate or more.get("context") is None, **more)

    monkeypatch.setattr(alt.TopLevelMixin, "to_dict", checked)


def loop(number: int, year: int, status: str = "completed", **more: Any) -> dict[str, Any]:
    start = dt.date(2020 + year, 1 + number % 9, 3)
    return {
        "loop_no": number,
        "partnership_id": "P",
        "partnership_year_no": year,
        "status": status,
        "planned_start": start,
        "planned_end": start + dt.timedelta(35),
        "actual_start": start,
        "actual_end": start + dt.timedelta(35),
        "school_year": f"{2020 + year}/{21 + year}",
    } | more


SJOSIDEN = [loop(n, y) for n, y in enumerate((1, 1, 1, 2, 2, 3, 3, 4, 4), start=1)]
PLAN = {1: 3, 2: 2, 3: 2, 4: 2}


def test_the_first_sentence_says_what_is_done_and_what_comes() -> None:
    assert loops.headline(SJOSIDEN, PLAN, nb, TODAY) == "Ni av ni avtalte sløyfer er gjennomført."
    coming = [*SJOSIDEN[:8], loop(9, 4, "planned", planned_start=dt.date(2027, 1, 14))]
    said = loops.headline(coming, PLAN, nb, TODAY)
    assert said == "Åtte av ni avtalte sløyfer er gjennomført. Sløyfe 9 starter 14.\u00a0januar 2027."
    going = [*SJOSIDEN[:8], loop(9, 4, "running")]
    assert loops.headline(going, PLAN, nb, TODAY).endswith("Sløyfe 9 pågår.")
    assert loops.headline(SJOSIDEN[:2], {}, nb, TODAY) == "To sløyfer er gjennomført."
    assert loops.headline([], {}, nb, TODAY) == nb("loops.none")
    # a shortened loop was held, a cancelled one was not
    mixed = [loop(1, 1, "shortened"), loop(2, 1, "cancelled")]
    assert loops.headline(mixed, {1: 2}, nb, TODAY).startswith("Én av to")


def test_years_that_have_not_come_are_not_held_against_the_plan() -> None:
    assert "3 av 3, 2 av 2. " in loops.by_year(SJOSIDEN[:5], PLAN, nb)
    assert loops.by_year(SJOSIDEN, {}, nb) == ""


def test_the_strip_climbs_with_held_loops_only() -> None:
    steps = loops.steps_of(
        [loop(1, 1), loop(2, 1, "cancelled"), loop(3, 1), loop(4, 2, "planned")], {1: 3, 2: 2}
    )
    assert [(s.loop_no, s.height, s.state) for s in steps] == [
        (1, 1, "held"),
        (2, 1, "cancelled"),
        (3, 2, "held"),
        (4, 3, "open"),
    ]
    assert all(0 < s.year <= 2 for s in steps)
    assert records.summed(PLAN) == [(1, 3), (2, 5), (3, 7), (4, 9)]
    assert (
        tell_strip(steps, records.summed(PLAN), nb)
        == "2 av 9 avtalte sløyfer er gjennomført, tegnet langs avtalens plan år for år. 1 ble avlyst."
    )


def test_a_trail_leads_from_mirror_data_to_the_next_loop() -> None:
    item = {
        "mirror_id": "S-1-1",
        "loop_no": 1,
        "dimension": "content",
        "topic_code": "observation",
        "form": "question",
        "text": None,
        "outcome": "partly",
    }
    edges = [
        {"from_kind": "mirror_item", "from_id": "S-1-1", "to_kind": "meeting", "to_id": "M1"},
        {"from_kind": "meeting", "from_id": "M1", "to_kind": "decision", "to_id": "B1"},
        {"from_kind": "meeting", "from_id": "M9", "to_kind": "decision", "to_id": "B9"},
    ]
    meetings = [{"meeting_id": "M1", "arena": "development_group"}]
    decision = {
        "decision_id": "B1",
        "decided_on": TODAY,
        "decision_type": "organisation",
        "proposed_by": "teachers",
        "decided_by": "leadership",
        "effective_loop_no": 2,
        "text": None,
        "based_on": "mirror_data log",
        "confirmed_by_both": "yes",
    }
    teams = [{"loop_no": 2, "completed_n": 6, "told_n": 7}]
    decisions = [decision, decision | {"decision_id": "B9", "effective_loop_no": 5}]
    told = loops.trail_of(1, [item], edges, meetings, decisions, SJOSIDEN, teams, nb)
    assert [kind for kind, _, _ in told] == ["mirror", "decision", "loop:2"]
    assert told[0][1:] == (
        "Innhold: observasjon (spørsmål)",
        "Vist: utviklingsgruppe · skolen kjenner seg delvis igjen",
    )
    assert "Foreslått av: lærerne. Besluttet av: skoleledelsen, 27." in told[1][2]
    assert told[1][2].endswith("2026. Grunnlag: speildata og logg. Bekreftet av begge parter.")
    assert told[2][2] == "6 av 7 team fullførte."
    assert loops.trail_of(2, [item], edges, meetings, decisions, SJOSIDEN, teams, nb) == []
    words = loops.item_said(item | {"text": "*Hva* ser vi?"}, nb)
    assert "*Hva*" not in words.replace("\\*", "")


def test_time_is_told_per_team_that_wrote_it_down() -> None:
    designs = [
        {
            "partnership_id": "P",
            "loop_no": n,
            "plan_planning_min": 240,
            "plan_research_lesson_min": 60,
            "plan_evaluation_min": 120,
        }
        for n in (1, 2)
    ]
    teams = [
        {
            "partnership_id": "P",
            "loop_no": 1,
            "timed_n": 2,
            "planning_min": 360,
            "research_lesson_min": 120,
            "evaluation_min": 240,
        },
        {
            "partnership_id": "P",
            "loop_no": 2,
            "timed_n": 0,
            "planning_min": None,
            "research_lesson_min": None,
            "evaluation_min": None,
        },
    ]
    cells = loops.hour_cells(designs, teams, nb)
    planning = cells[cells["activity"] == "Planlegging"].set_index("loop")
    assert planning.loc[1, "used"] == 3
    assert planning.loc[1, "planned"] == 4
    # nothing was written down; that is no zero
    assert planning["used"].isna().loc[2]


def test_phases_are_told_as_how_many_of_how_many_teams() -> None:
    rows = [
        {
            "loop_no": 3,
            "canonical_phase": "post_analysis",
            "phase_code": "x",
            "used_n": 4,
            "partly_n": 1,
            "not_used_n": 2,
        },
        {
            "loop_no": 3,
            "canonical_phase": "pre_analysis",
            "phase_code": "y",
            "used_n": 7,
            "partly_n": 0,
            "not_used_n": 0,
        },
    ]
    cells = loops.phase_cells(rows, nb)
    assert list(cells["text"]) == ["7 av 7", "4 av 7 *"]


VERSION = {
    "agreement_id": "A",
    "version_no": 2,
    "valid_from": dt.date(2016, 8, 1),
    "planned_years": Decimal("4.0"),
    "change_reason": "evaluation",
    "change_basis_ref": "M-3",
    "is_amendment": True,
    "has_goals": "yes",
    "has_frames": "yes",
    "has_roles": "no",
    "has_organisation": "yes",
}


def test_an_amendment_is_told_with_reason_and_basis() -> None:
    first = VERSION | {"version_no": 1, "is_amendment": False, "valid_from": dt.date(2015, 8, 1)}
    assert records.amendments([first, VERSION], nb) == [
        "Avtalen ble endret 1.\u00a0august 2016 (evaluering), til 4 år. Grunnlag: M-3."
    ]
    assert records.newest_version([VERSION, first]) == VERSION
    assert records.newest_version([]) is None
    years = [
        {"agreement_id": "A", "version_no": v, "partnership_year_no": 1, "planned_loops": n}
        for v, n in ((1, 9), (2, 3))
    ]
    assert records.plan_of(VERSION, years) == {1: 3}
    assert agreement.covers(VERSION, nb) == "Den dekker målsetting, rammer og organisering. Mangler: roller."


def commitment(number: int, party: str) -> dict[str, Any]:
    return {
        "agreement_id": "A",
        "version_no": 2,
        "commitment_no": number,
        "party": party,
        "commitment_type": "team_time",
        "quantity": Decimal("240"),
        "unit": "minutes",
        "per": "loop",
    }


def review(number: int, by: str, result: str, year: str = "2025/26") -> dict[str, Any]:
    return {
        "agreement_id": "A",
        "version_no": 2,
        "commitment_no": number,
        "assessed_by": by,
        "assessed_by_id": None,
        "result": result,
        "school_year": year,
    }


def test_commitments_stand_with_what_each_party_says_own_first() -> None:
    both = [commitment(1, "school"), commitment(2, "institution")]
    said = [
        review(1, "school", "kept"),
        review(1, "institution", "kept"),
        review(1, "institution", "partly"),
        review(2, "institution", "kept"),
    ]
    assert agreement.assessed(both[0], said, "2025/26") == {"school": "kept", "institution": "partly"}
    assert agreement.assessed(both[0], said, "2024/25") == {}
    assert agreement.differs({"school": "kept", "institution": "partly"})
    assert not agreement.differs({"school": "kept", "institution": "not_assessed"})
    assert agreement.order_of(["school", "institution"], "university") == ["institution", "school"]
    assert (
        agreement.headline(both, said, "2025/26", "school", nb)
        == "Én av én egne forpliktelser er vurdert av dere i 2025/26. Partene ser ulikt på én."
    )
    table = agreement.table_of(both, said, "2025/26", ["school", "institution"], nb)
    assert list(table["Likt eller ulikt"]) == ["Ulikt", "–"]
    assert list(table["Avtalt"]) == ["240 minutter per sløyfe"] * 2
    # who has not assessed has not said that it was not kept
    assert table["Vurdert av: Skolen"][1] == "Ikke vurdert"


def test_disagreements_are_listed_with_who_says_what() -> None:
    both = [commitment(1, "school"), commitment(2, "institution")]
    said = [
        review(1, "school", "kept"),
        review(1, "institution", "kept") | {"assessed_by_id": "UH1"},
        review(1, "institution", "partly") | {"assessed_by_id": "UH2"},
        review(1, "school_owner", "not_assessed"),
        review(2, "institution", "kept"),
    ]
    (told,) = agreement.tell_differences(both, said, "2025/26", {"UH2": "Universitetet i Sør"}, nb)
    assert told.endswith(
        "(skolen): Skolen sier «holdt», Universitetet eller høgskolen sier «holdt» og Universitetet i Sør"
        " sier «delvis holdt»."
    )
    assert agreement.tell_differences(both, said, "2024/25", {}, nb) == []


def test_a_year_is_assessed_by_the_version_in_force_at_its_end() -> None:
    versions = [
        {"agreement_id": "A", "version_no": 1, "valid_from": dt.date(2023, 8, 1), "valid_to": None},
        {"agreement_id": "A", "version_no": 2, "valid_from": dt.date(2025, 2, 1), "valid_to": None},
    ]
    chosen = {
        year: (records.choose_version(versions, year) or {})["version_no"]
        for year in ("2022/23", "2023/24", "2024/25", None)
    }
    assert chosen == {"2022/23": 1, "2023/24": 1, "2024/25": 2, None: 2}
    agreed = [commitment(1, "school") | {"version_no": n} for n in (1, 2)]
    assert [one["version_no"] for one in records.commitments_of(versions[1], agreed)] == [2]
    said = [review(1, "school", "kept") | {"version_no": n} for n in (1, 2)]
    assert agreement.count_of_other_versions(versions[1], said, "2025/26") == 1


def test_what_was_delivered_of_a_cancelled_loop_is_told() -> None:
    cancelled = [
        {"loop_no": 4, "log_rounds_n": 1, "coded_n": None, "mirror_items_n": None, "minutes_n": None},
        {"loop_no": 3, "log_rounds_n": 2, "coded_n": 0, "mirror_items_n": 4, "minutes_n": 90},
    ]
    assert loops.tell_cancelled(cancelled, nb) == [
        "Sløyfe 3 ble avlyst. Dette er levert av den, og er ikke med i noe tall: loggrunder 2, speildata 4 og"
        " minutter brukt i teamene 90.",
        "Sløyfe 4 ble avlyst. Dette er levert av den, og er ikke med i noe tall: loggrunder 1.",
    ]


def test_kinds_of_support_overlap_and_are_never_made_to_add_up() -> None:
    codes = [
        {
            "category": kind,
            "level": "category",
            "code": kind,
            "label_nb": None,
            "n_units_with_code": n,
            "n_units_base": 120,
            "coded_by_party": "participating_te",
            "agreement_value": Decimal("0.62") if n == 90 else None,
            "agreement_measure": "krippendorff_alpha",
            "double_coded_n": 30,
        }
        for kind, n in (("process_support", 90), ("emotional_support", 66), ("organisational_support", 58))
    ]
    told = support.support_of(codes, nb)
    assert list(told["text"]) == ["90 av 120 · 75 %", "66 av 120 · 55 %", "58 av 120 · 48 %"]
    assert support.overlap(told, nb).startswith(
        "En enhet kan ha flere slags støtte: minst 94 av 120 har det."
    )
    assert (
        support.coders(codes, nb)
        == "Kodet av: lærerutdanner som deltok. 30 enheter er kodet av to, og den svakeste enigheten er 0,62"
        " (Krippendorffs alfa)."
    )
    assert support.support_of([], nb).empty


def test_by_design_offered_and_absent_are_never_the_same() -> None:
    def part(arena: str, number: int, said: str) -> dict[str, Any]:
        return {"arena": arena, "loop_no": number, "part": said}

    rows = [
        part("planning", 1, "absent_by_design"),
        part("planning", 2, "offered_not_used"),
        part("planning", 3, "no"),
        part("planning", 4, "yes"),
        part("planning", 4, "no"),
        part("full_staff", 4, "led"),
    ]
    table = support.part_of(rows, [1, 2, 3, 4], nb)
    marks = dict(list(table.groupby("arena", sort=False)["mark"]))
    assert list(marks["Planlegging"]) == ["–", "○", "0", "●"]
    assert list(marks["Samlet kollegium"]) == ["", "", "", "●"]
    assert (
        support.headline(table, nb)
        == "Lærerutdannerne var med: samlet kollegium i én av én sløyfer og planlegging i én av fire sløyfer."
    )


def test_arrows_tell_expected_made_and_not_known_apart() -> None:
    def link(start: str, end: str, model: int | None, made: bool | None) -> dict[str, Any]:
        return {"from_arena": start, "to_arena": end, "model_version": model, "is_realised": made}

    arrows = support.arrows_of(
        [
            link("team", "full_staff", 1, True),
            link("team", "full_staff", 1, None),
            link("team", "leadership", 1, False),
            link("leadership", "team", None, True),
        ],
        nb,
    )
    assert {(a.start, a.end): a.kind for a in arrows} == {
        ("Team", "Samlet kollegium"): "made",
        ("Team", "Skoleledelse"): "not_made",
        ("Skoleledelse", "Team"): "unexpected",
    }
    table = support.matrix_of(arrows, nb)
    assert "1 av 1" in set(table["Sløyfer der det skjedde"])
    assert "ikke ventet" in set(table["Sløyfer der modellen venter det"])
    assert tell_map(arrows, nb).endswith(
        "1 er ventet og brukt, 1 er ventet og ikke brukt, 1 er brukt uten å være ventet."
    )


def note(kind: str, code: str, **more: Any) -> dict[str, Any]:
    return {
        "note_type": kind,
        "code": code,
        "school_year": None,
        "first_loop_no": None,
        "without_te": None,
        "rejected_by_practitioners": None,
        "introduced_by": None,
        "evidence_ref": None,
        "agreed_by_both": "yes",
    } | more


def test_no_basis_for_a_claim_is_a_full_answer() -> None:
    notes = [
        note("change_phase", "implementation", school_year="2024/25"),
        note("change_phase", "no_basis_for_claim", school_year="2025/26"),
    ]
    assert development.headline(notes, [], nb).endswith("ikke grunnlag for å si noe om fasen (2025/26)")
    assert development.headline(notes[:1], [], nb) == "Arbeidet er markert som implementering (2024/25)"
    assert development.headline([], [], nb) == nb("development.none")
    assert list(development.phases_told(notes, nb)["Belegg"]) == ["ikke oppgitt"] * 2


def test_the_wheel_marks_what_the_school_marked() -> None:
    circle = development.wheel_of([note("expansive_phase", "analysis", first_loop_no=3)], nb)
    assert len(circle) == 6
    assert list(circle[circle["is_marked"]]["loops"]) == ["3"]
    seven = development.wheel_of([note("expansive_phase", "examining_the_model", first_loop_no=3)], nb)
    assert len(seven) == 7
    assert wheel(circle, LIGHT, nb)["layer"]


def test_tools_are_told_with_what_became_of_them() -> None:
    notes = [
        note("tool_introduction", "tavle", first_loop_no=1),
        note("tool_introduction", "skjema", first_loop_no=1, introduced_by="practitioners"),
        note("tool_use", "tavle", first_loop_no=3, rejected_by_practitioners="yes"),
        note("tool_use", "skjema", first_loop_no=3, without_te="yes"),
    ]
    assert development.tools_told(notes, nb) == [
        "Tavle er innført av lærerutdanner (sløyfe 1). Praktikerne valgte det bort.",
        "Skjema er innført av praktikerne (sløyfe 1). Skolen bruker det nå uten lærerutdanner.",
    ]


def test_the_own_side_is_told_as_plainly_as_the_other() -> None:
    own = [commitment(1, "institution"), commitment(2, "institution")]
    said = [review(1, "institution", "not_kept"), review(1, "school", "partly")]
    items = [
        {
            "loop_no": 1,
            "first_presented_on": SJOSIDEN[0]["actual_end"] + dt.timedelta(15),
            "outcome": "not_recognised",
            "is_revised": True,
        }
    ]
    days = own_part.median_days(SJOSIDEN, items)
    assert days == 15
    assert (
        own_part.headline(own, said, "2025/26", days, nb)
        == "Ingen av to egne forpliktelser er holdt i 2025/26, slik vi selv ser det. Én har vi ikke vurdert."
        " Speildata kom typisk 15 dager etter sløyfa."
    )
    assert (
        own_part.recognised(items, nb)
        == "Ingen av 1 speildata er gjenkjent, ingen delvis, én ikke; én er revidert."
    )
    assert own_part.recognised([], nb) == nb("own_part.nobody_asked")
    table = own_part.days_to_mirror(SJOSIDEN, items, nb)
    assert list(table["Først vist"])[1] == "ikke vist"


def test_a_sheet_in_preparation_says_what_is_missing() -> None:
    item = {
        "mirror_id": "S-1-1",
        "loop_no": 1,
        "dimension": "form",
        "topic_code": "local-x",
        "form": "statement",
        "text": None,
        "outcome": "not_recognised",
        "is_unrecognised": True,
        "desired_practice": "yes",
        "seed": "no",
        "held_up_against": "Dudley",
        "all_teams_included": "no",
    }
    assert (
        mirror_draft.headline(1, [item], nb)
        == "Sløyfe 1 har én speildata; ingen har tekst, én er besvart av skolen. Skolen kjenner seg ikke"
        " igjen i én; andre ser det ikke før det er revidert."
    )
    assert mirror_draft.headline(1, [], nb) == "Det er ingen speildata fra sløyfe 1 ennå"
    assert mirror_draft.sheet_line(item, "Nye ord", nb) == "«Nye ord» · ønsket praksis · holdt opp mot Dudley"


def test_what_was_written_is_told_until_the_next_release() -> None:
    written = [
        {"mirror_id": "S-1", "answered_at": dt.datetime(2026, 1, day), "answer": answer, "comment": comment}
        for day, answer, comment in ((2, "recognised", None), (1, "not_recognised", "nei"))
    ]
    assert mirror_forms.written_answers(written, {"S-1": "S-1 Innhold"}, nb) == [
        "Skrevet nå, sett av andre fra neste utgivelse: S-1 Innhold – Vi kjenner oss igjen."
    ]
    decided = {"effective_loop_no": 3, "text": "Vi prøver", "proposed_by": "teachers", "decided_by": "joint"}
    assert len(mirror_forms.written_decisions([decided], 3, nb)) == 1
    assert mirror_forms.written_decisions([decided], 4, nb) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_are_drawn_on_both_grounds_in_each_language(language: str) -> None:
    t = translator(language)
    steps = loops.steps_of(SJOSIDEN, PLAN)
    links = [{"from_arena": "team", "to_arena": "full_staff", "model_version": 1, "is_realised": True}]
    area = {
        "area_id": "UO-1",
        "first_loop_no": 2,
        "last_loop_no": None,
        "origin": "bottom_up",
        "scope": "collective",
        "origin_agreed_by_both": "no",
    }
    phase = {
        "loop_no": 3,
        "canonical_phase": "pre_analysis",
        "phase_code": "y",
        "used_n": 7,
        "partly_n": 0,
        "not_used_n": 0,
    }
    design = {
        "partnership_id": "P",
        "loop_no": 1,
        "plan_planning_min": 240,
        "plan_research_lesson_min": 60,
        "plan_evaluation_min": 120,
    }
    code = {"category": "process_support", "level": "category", "n_units_with_code": 3, "n_units_base": 9}
    for colours in (LIGHT, DARK):
        charts = [
            loop_strip(steps, records.summed(PLAN), [(1, 3), (2, 6)], 9, colours, t),
            phase_panels(loops.phase_cells([phase], t), colours, t),
            hour_panels(loops.hour_cells([design], [], t), colours, t),
            support_bars(support.support_of([code], t), colours, t),
            arena_map(support.arrows_of(links, t), colours, t),
            part_dots(
                support.part_of([{"arena": "planning", "loop_no": 1, "part": "yes"}], [1], t), colours, t
            ),
            lanes(development.lanes_of([area], 9, t), colours, t),
            wheel(development.wheel_of([], t), colours, t),
        ]
        assert all(chart["config"]["mark"]["aria"] is False for chart in charts)
