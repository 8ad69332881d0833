"""What a log says: questions with their answers, this loop over the last comparable one. No Streamlit in
here.

Belongs here: rows of values to questions, bars and sentences. Does not belong here: asking, layout, drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps import sentences
from apps.charts.distribution import Answer, Bar
from apps.words import Words

Row = Mapping[str, Any]
PARTICIPATION = "E3"


@dataclass(frozen=True)
class Question:
    """One question of the form: its own wording, this loop, the last comparable loop, and what may be said
    between the two. `claim` is a change that may be claimed, for the page's own sentence."""

    item: str
    text: str
    now: Bar
    before: Bar | None
    verdict: str
    claim: str
    rows: tuple[dict[str, Any], ...]


def list_loops(rows: Sequence[Row]) -> list[str]:
    """The loops that the school has values of, the oldest first."""
    return sorted({str(row["period"]) for row in rows}, key=int)


def find_newest_loop(rows: Sequence[Row]) -> str | None:
    """The newest loop in which there is something to say; the newest of all where there is none."""
    loops = list_loops(rows)
    told = {str(row["period"]) for row in rows if sentences.has_number(row)}
    return next((loop for loop in reversed(loops) if loop in told), loops[-1] if loops else None)


def read_questions(rows: Sequence[Row], loop: str, words: Words) -> list[Question]:
    """The questions that were asked in a loop, in the order of the catalogue."""
    asked = [row for row in rows if row["period"] == loop and row["item"]]
    found = []
    for indicator, item in dict.fromkeys((row["indicator_id"], row["item"]) for row in asked):
        of_item = [row for row in rows if row["indicator_id"] == indicator and row["item"] == item]
        found.append(_read_question(str(item), of_item, loop, words))
    return found


def name_question(item: str, words: Words) -> str:
    """The question as the form puts it; its code where the form's wording is not known."""
    return words(f"log.item.{item}") if words.knows(f"log.item.{item}") else item


def name_answer(item: str, answer: str, words: Words) -> str:
    """The answer as the form puts it; its number where the form's label is not known."""
    key = f"log.answer.{item}.{answer}"
    return words(key) if words.knows(key) else words("log.answer", answer=answer)


def say_participation(rows: Sequence[Row], loop: str, words: Words) -> str:
    """How many answered, as far as it is told; empty where nothing is known."""
    row = next((r for r in rows if r["indicator_id"] == PARTICIPATION and r["period"] == loop), None)
    if row is None:
        return ""
    if not sentences.has_number(row):
        return words("log.participation.state", state=sentences.state(row, words).rstrip("."))
    if row["bound"] == "=" and _is_number(row["numerator"]) and _is_number(row["denominator"]):
        return words("log.participation", n=int(row["numerator"]), invited=int(row["denominator"]))
    if row["bound"] == ">=" and _is_number(row["numerator"]) and _is_number(row["denominator"]):
        return words("log.participation.least", n=int(row["numerator"]), invited=int(row["denominator"]))
    return words("log.participation.share", share=sentences.shown(row, words))


def answer_page(questions: Sequence[Question], loop: str, participation: str, words: Words) -> str:
    """The sentence of the page: who answered, what changed for certain, and that the rest did not."""
    if not questions:
        return words("log.headline.none", loop=loop)
    if all(answer.share is None for question in questions for answer in question.now.answers):
        return words("log.headline.protected", loop=loop, participation=participation)
    claims = [question.claim for question in questions if question.claim]
    compared = [question for question in questions if question.before is not None]
    if claims:
        change = " ".join(claims[:2])
    elif compared:
        change = words("log.headline.same", before=_same_before(compared))
    else:
        change = words("log.headline.new")
    return words("log.headline", loop=loop, participation=participation, change=change).replace("  ", " ")


def _same_before(compared: Sequence[Question]) -> str:
    return str(compared[0].before.period) if compared[0].before else ""


def _read_question(item: str, of_item: Sequence[Row], loop: str, words: Words) -> Question:
    now = [row for row in of_item if row["period"] == loop]
    loops = list_loops(of_item)
    earlier = [one for one in reversed(loops) if int(one) < int(loop)]
    comparable = next((one for one in earlier if _are_comparable(of_item, one, loop)), None)
    before = [row for row in of_item if row["period"] == comparable]
    bar = _read_bar(item, now, loop, words)
    base: dict[str, Any] = {
        "item": item,
        "text": name_question(item, words),
        "now": bar,
        "rows": tuple(dict(row) for row in now),
    }
    if comparable is None or all(answer.share is None for answer in bar.answers):
        newest = earlier[0] if earlier else None
        verdict = (
            words("log.verdict.protected")
            if all(answer.share is None for answer in bar.answers)
            else (
                words("log.verdict.first")
                if newest is None
                else (
                    words("log.verdict.new_form", loop=loop, before=newest)
                    if any(row["break_before"] for row in now)
                    else words("log.verdict.not_comparable", before=newest)
                )
            )
        )
        return Question(**base, before=None, verdict=verdict, claim="")
    then = words("sentence.period.loop", period=comparable)
    verdict, claim = _compare(item, before, now, then, words)
    return Question(**base, before=_read_bar(item, before, comparable, words), verdict=verdict, claim=claim)


def _are_comparable(of_item: Sequence[Row], one: str, loop: str) -> bool:
    """Whether the same question with the same wording was told of in both loops, with no break between."""
    families = {
        period: {row["comparison_family"] for row in of_item if row["period"] == period}
        for period in (one, loop)
    }
    between = [row for row in of_item if int(one) < int(row["period"]) <= int(loop)]
    told = any(sentences.has_number(row) for row in of_item if row["period"] == one)
    return told and families[one] == families[loop] and not any(row["break_before"] for row in between)


def _read_bar(item: str, rows: Sequence[Row], loop: str, words: Words) -> Bar:
    answered = next((int(row["n_respondents"]) for row in rows if _is_number(row["n_respondents"])), None)
    answers = tuple(
        Answer(
            name_answer(item, str(row["answer"]), words),
            _share(row),
            int(row["numerator"]) if _is_exact(row) and _is_number(row["numerator"]) else None,
        )
        for row in rows
    )
    return Bar(words("sentence.period.loop", period=loop), answered, answers)


def _compare(
    item: str, before: Sequence[Row], now: Sequence[Row], then: str, words: Words
) -> tuple[str, str]:
    """What may be said of the answers that are told in both loops: the largest change that may be claimed."""
    earlier = {row["answer"]: row for row in before}
    found = []
    for row in now:
        old = earlier.get(row["answer"])
        if old is None or not (_is_exact(row) and _is_exact(old)):
            continue
        verdict = sentences.judge(old, row)
        if verdict.claims and verdict.difference is not None:
            found.append((abs(verdict.difference.value), row, old, verdict))
    if not found:
        return words("log.verdict.same", before=then), ""
    _, row, old, verdict = max(found, key=lambda one: one[0])
    assert verdict.difference is not None
    way = "more" if verdict.difference.value > 0 else "fewer"
    label = name_answer(item, str(row["answer"]), words)
    points = round(100 * abs(verdict.difference.value))
    amount = {"now": sentences.shown(row, words), "then": sentences.shown(old, words)}
    return (
        words(f"log.verdict.{way}", answer=label, before=then, points=points, **amount),
        words(f"log.claim.{way}", answer=label, before=then, question=name_question(item, words)),
    )


def _is_exact(row: Row) -> bool:
    return sentences.has_number(row) and row["bound"] == "="


def _share(row: Row) -> float | None:
    return float(row["value"]) if _is_exact(row) and _is_number(row["value"]) else None


def _is_number(value: object) -> bool:
    return value is not None and value == value
