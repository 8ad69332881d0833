"""What a log says, in the form's own words, and when a change may be claimed."""

from __future__ import annotations

from typing import Any

from apps import log_answers
from apps.words import translator
from innenfra.statistics.proportions import wilson

WORDS = translator("nb")
EMPTY = {
    "numerator": None,
    "denominator": None,
    "value": None,
    "n_respondents": None,
    "interval_low": None,
    "interval_high": None,
}


def answered(loop: str, item: str, answer: str, x: int | None, n: int = 24, **other: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "indicator_id": "I4",
        "item": item,
        "answer": answer,
        "period_type": "loop",
        "period": loop,
        "unit": "share",
        "bound": "=",
        "status": "observed",
        "status_reason": None,
        "definition_version": 1,
        "comparability_class": "K2",
        "comparison_family": f"LOGG-v1/{item}",
        "break_before": False,
    }
    if x is None:
        return {**row, **EMPTY, "status": "suppressed", "status_reason": "few_chose", **other}
    around = wilson(x, n)
    return {
        **row,
        "numerator": float(x),
        "denominator": float(n),
        "value": x / n,
        "n_respondents": float(n),
        "interval_low": around.low,
        "interval_high": around.high,
        **other,
    }


def participation(loop: str, x: float | None, n: float | None, **other: Any) -> dict[str, Any]:
    row = answered(loop, "", "", 1)
    return {
        **row,
        "indicator_id": "E3",
        "item": None,
        "answer": None,
        "numerator": x,
        "denominator": n,
        **other,
    }


def form(
    loop: str, no: int | None, partly: int | None, yes: int | None, **other: Any
) -> list[dict[str, Any]]:
    return [answered(loop, "overforing", str(at), x, **other) for at, x in enumerate((no, partly, yes), 1)]


def test_the_newest_loop_is_the_newest_with_something_to_say() -> None:
    rows = [*form("9", 7, 9, 8), *form("10", None, None, None)]
    assert log_answers.find_newest_loop(rows) == "9"
    assert log_answers.list_loops(rows) == ["9", "10"]
    assert log_answers.find_newest_loop(form("10", None, None, None)) == "10"
    assert log_answers.find_newest_loop([]) is None


def test_a_question_is_the_forms_own_with_its_own_answers() -> None:
    (question,) = log_answers.read_questions(form("9", 7, 9, 8), "9", WORDS)
    assert question.text == "Har du tatt noe med deg til egen undervisning?"
    assert [answer.label for answer in question.now.answers] == ["nei", "delvis", "ja"]
    assert question.now.answered == 24
    assert question.before is None
    assert question.verdict == "Første gang dette blir spurt om."


def test_a_form_that_nobody_has_worded_keeps_its_own_codes() -> None:
    (question,) = log_answers.read_questions([answered("1", "nytt_sporsmaal", "7", 9)], "1", WORDS)
    assert question.text == "nytt_sporsmaal"
    assert question.now.answers[0].label == "svar 7"


def test_a_change_is_claimed_only_where_chance_does_not_give_it() -> None:
    far = [*form("8", 12, 8, 4), *form("9", 2, 2, 20)]
    (question,) = log_answers.read_questions(far, "9", WORDS)
    assert question.verdict.startswith("Flere enn i sløyfe 8 svarte «ja»: 20/24")
    sentence = log_answers.answer_page([question], "9", "22 av 28 svarte.", WORDS)
    assert (
        sentence == "Etter sløyfe 9: 22 av 28 svarte. Flere enn i sløyfe 8 svarte «ja» på"
        " «Har du tatt noe med deg til egen undervisning?»"
    )
    near = [*form("8", 7, 9, 8), *form("9", 6, 9, 9)]
    (question,) = log_answers.read_questions(near, "9", WORDS)
    assert question.claim == ""
    assert question.verdict == "Omtrent som i sløyfe 8 – for få svar til å si mer."
    assert log_answers.answer_page([question], "9", "", WORDS).endswith("Svarene er omtrent som i sløyfe 8.")


def test_no_loop_stands_beside_one_with_another_way_of_asking() -> None:
    new = {"comparison_family": "LOGG-v2/overforing", "break_before": True}
    rows = [*form("8", 12, 8, 4), *form("9", 2, 2, 20, **new)]
    (question,) = log_answers.read_questions(rows, "9", WORDS)
    assert question.before is None
    assert question.claim == ""
    assert question.verdict == "⚡ Ny måte å spørre på fra sløyfe 9. Derfor ikke satt ved siden av sløyfe 8."


def test_the_last_comparable_loop_may_lie_further_back() -> None:
    rows = [*form("7", 12, 8, 4), *form("8", None, None, None), *form("9", 2, 2, 20)]
    (question,) = log_answers.read_questions(rows, "9", WORDS)
    assert question.before is not None
    assert question.before.period == "sløyfe 7"


def test_protected_answers_are_said_to_be_protected() -> None:
    (question,) = log_answers.read_questions(form("9", None, None, None), "9", WORDS)
    assert question.verdict == "Skjermet: for få svarte til at noe kan vises."
    said = log_answers.answer_page([question], "9", "", WORDS)
    assert "Svarene er skjermet" in said
    assert log_answers.answer_page([], "9", "", WORDS) == "Det er ikke levert noen logg fra sløyfe 9."


def test_who_answered_is_told_as_far_as_it_may_be() -> None:
    def say(**row: Any) -> str:
        return log_answers.say_participation([participation("9", **row)], "9", WORDS)

    assert say(x=22.0, n=28.0) == "22 av 28 svarte."
    assert say(x=27.0, n=28.0, bound=">=") == "minst 27 av 28 svarte."
    outside = {"bound": ">=", "value": 0.8, "value_below": None}
    assert say(x=None, n=None, **outside) == "svarandel ≥ 80\u00a0%."
    assert (
        say(x=None, n=None, status="suppressed", status_reason="few_people")
        == "svarandelen: Skjermet (færre enn fem personer)."
    )
    assert log_answers.say_participation([], "9", WORDS) == ""
