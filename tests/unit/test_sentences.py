"""When a change is claimed, and in which words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from apps import sentences
from apps.words import translator, wording
from innenfra.contracts.vocabulary import STATUS_REASONS
from innenfra.statistics.change import Difference
from innenfra.statistics.interval import around
from innenfra.statistics.proportions import wilson

nb, nn, en = translator("nb"), translator("nn"), translator("en")
LANGUAGES = ("nb", "nn", "en")

BASE: dict[str, Any] = {
    "status": "observed",
    "unit": "share",
    "bound": "=",
    "period_type": "school_year",
    "definition_version": 1,
    "comparability_class": "K1",
    "comparison_family": None,
    "disclosure": "respondents",
    "break_before": False,
}


def row(x: float | None, n: float | None, period: str = "2025/26", **other: Any) -> dict[str, Any]:
    value = None if x is None or n is None else x / n
    told = (
        BASE
        | {"numerator": x, "denominator": n, "value": value, "n_respondents": n, "period": period}
        | other
    )
    return told if x is None or n is None or "disclosure" in other else interval_of(x, n) | told


def interval_of(x: float, n: float, design_effect: float = 1.0) -> dict[str, float]:
    made = wilson(x, n, design_effect)
    return {"interval_low": made.low, "interval_high": made.high}


def ranged(
    low: float, high: float, n: float, period: str = "2025/26", people: float | None = None, **other: Any
) -> dict[str, Any]:
    """A number of which only the ends are known; the interval holds those of both ends, of so many people."""
    bound = "<=" if low == 0 else ">=" if high == n else "range"
    told = high if bound == "<=" else low
    size = people or n
    interval = {
        "interval_low": wilson(low / n * size, size, 1.3).low,
        "interval_high": wilson(high / n * size, size, 1.3).high,
    }
    high_end = (
        {"numerator_high": high, "value_high": high / n}
        if bound == "range"
        else {"numerator_high": None, "value_high": None}
    )
    return row(told, n, period, bound=bound) | interval | high_end | other


def show(t: sentences.Translate) -> sentences.Show:
    return lambda one: sentences.shown(one, t)


LINE = {
    "years_n": 4,
    "first_year": "2021/22",
    "last_year": "2024/25",
    "slope_low": 0.0131,
    "slope_high": 0.0948,
    "smallest_visible": 0.311,
}


@pytest.mark.parametrize(
    ("t", "direction", "said"),
    [
        (
            nb,
            "rising",
            "Over 4 skoleår (2021/22–2024/25) stiger tallet, trolig mellom 1,3 og 9,5 prosentpoeng i året.",
        ),
        (
            nn,
            "rising",
            "Over 4 skuleår (2021/22–2024/25) stig talet, truleg mellom 1,3 og 9,5 prosentpoeng i året.",
        ),
        (
            en,
            "rising",
            (
                "Over 4 school years (2021/22–2024/25) the number rises, probably by between 1.3 and 9.5"
                " percentage points a year."
            ),
        ),
        (
            nb,
            "no_certain_change",
            (
                "Over 4 skoleår (2021/22–2024/25): ingen sikker endring. En endring måtte vært minst 32"
                " prosentpoeng fra det første til det siste året for å skille seg fra tilfeldigheter."
            ),
        ),
    ],
)
def test_a_line_over_years_in_words(t: sentences.Translate, direction: str, said: str) -> None:
    assert sentences.trend(LINE | {"direction": direction}, t) == said


def test_a_share_without_a_whole_number_of_people_has_no_fraction() -> None:
    # hours are no people
    assert sentences.shown(row(4.5, 9.0, disclosure="structural", n_respondents=None), nb) == "4,5/9"


@pytest.mark.parametrize(
    ("t", "said"),
    [
        (nb, "mellom 9 og 14 av 31 (29–45,2\u00a0%)"),
        (nn, "mellom 9 og 14 av 31 (29–45,2\u00a0%)"),
        (en, "between 9 and 14 of 31 (29–45.2\u00a0%)"),
    ],
)
def test_answers_told_together_are_a_range(t: sentences.Translate, said: str) -> None:
    told = ranged(9, 14, 31)
    assert sentences.shown(told, t) == said
    assert sentences.shown(ranged(4, 6, 12), nb) == "mellom 4 og 6 av 12"
    # seen from outside, without people
    outside = told | {
        "numerator": None,
        "numerator_high": None,
        "denominator": None,
        "value": 0.25,
        "value_high": 0.5,
    }
    assert sentences.shown(outside, nb) == "25–50\u00a0%"
    assert (
        sentences.headline(told, nb, show(nb))
        == f"31 svarte. {sentences.shown(told, nb)}, trolig mellom 15 og 64 prosent."
    )


def test_a_number_that_may_change_says_so_and_claims_nothing() -> None:
    before, after = FALLEN
    assert sentences.shown(after | {"status": "provisional"}, nb).endswith(", foreløpig")
    assert not sentences.judge(before, after | {"status": "provisional"}).claims


def test_a_change_between_ranges_is_claimed_only_where_it_holds_for_all_they_may_be() -> None:
    apart = ranged(5, 10, 60, "2024/25"), ranged(40, 45, 60)
    assert sentences.judge(*apart).claims
    assert sentences.change(*apart, nb, show(nb)).startswith(
        "Høyere enn i fjor. Nær «ingen» eller «alle», og der få svar er slått sammen"
    )
    # the lower ends alone would be claimed, and so would the upper
    near = ranged(5, 16, 60, "2024/25"), ranged(20, 31, 60)
    for part in ("numerator", "numerator_high"):
        ends = (interval_of(r[part], 60, 1.3) | {"numerator": r[part], "value": r[part] / 60} for r in near)
        assert sentences.judge(
            *(row(e["numerator"], 60, p) | e for e, p in zip(ends, ("2024/25", "2025/26"), strict=True))
        ).claims
    assert not sentences.judge(*near).claims
    # nor is one claimed where fewer people answered more often
    assert not sentences.judge(
        *(ranged(low, high, 60, p, people=12) for low, high, p in ((5, 10, "2024/25"), (26, 31, "2025/26")))
    ).claims


def test_a_bounded_side_carries_the_design_effect_too() -> None:
    """17 of 25, then at least 23 of 25: from -3 points, and so no claim; without the design effect it would
    be one."""
    before, after = row(17, 25, "2024/25") | interval_of(17, 25, 1.3), ranged(23, 25, 25)
    verdict = sentences.judge(before, after)
    assert verdict.difference is not None
    assert round(100 * verdict.difference.interval.low) == -3
    assert not verdict.claims
    assert sentences.change(before, after, nb, show(nb)) == "Omtrent som i fjor – for få svar til å si mer."
    plain = sentences.judge(row(17, 25, "2024/25"), after | {"interval_low": wilson(23, 25).low})
    assert plain.claims


def test_where_the_middle_half_is_and_what_chance_alone_does_in_words() -> None:
    row = {"schools_n": 9, "low_quarter": 0.41, "median": 0.5, "high_quarter": 0.625}
    assert (
        sentences.reference(row, nb)
        == "Blant 9 skoler ligger den midterste halvparten mellom 41 og 62,5 prosent; den midterste har 50."
    )
    ranged = row | {"median_high": 0.6}
    assert (
        sentences.reference(ranged, nb)
        == "Blant 9 skoler ligger den midterste halvparten mellom 41 og 62,5 prosent; den midterste har"
        " 50–60."
    )
    assert sentences.reference(row | {"median": None}, nb) == ""
    assert (
        sentences.reference(row, en)
        == "Among 9 schools the middle half lies between 41 and 62.5 per cent; the middle one has 50."
    )
    bands = [
        {"n_band": "10_19", "low_95": 0.312, "high_95": 0.777},
        {"n_band": "30_plus", "low_95": 0.41, "high_95": 0.68},
    ]
    assert (
        sentences.by_chance(bands, nn)
        == "Av slump åleine vil dei fleste skular liggje mellom 31 og 78 prosent med 10–19 svar; mellom 41 og"
        " 68 prosent med 30 eller fleire svar."
    )
    assert sentences.by_chance([], nb) == ""


def test_a_falling_line_tells_the_smaller_end_first_and_too_few_years_nothing() -> None:
    assert "mellom 1,3 og 9,5" in sentences.trend(
        LINE | {"direction": "falling", "slope_low": -0.0948, "slope_high": -0.0131}, nb
    )
    assert sentences.trend(LINE | {"direction": None, "years_n": 2}, nb) == ""
    assert sentences.trend(None, nb) == ""


LAST, THIS = row(17, 30, "2024/25"), row(15, 22)
FALLEN = (row(24, 40, "2024/25"), row(9, 36))


@pytest.mark.parametrize(
    ("t", "said"),
    [
        (nb, "Omtrent som i fjor – for få svar til å si mer."),
        (nn, "Omtrent som i fjor – for få svar til å seie meir."),
        (en, "About the same as last year – too few answers to say more."),
    ],
)
def test_twelve_give_or_take_twenty_six_is_no_claim(t: sentences.Translate, said: str) -> None:
    assert sentences.claim(Difference(0.12, around(0.12, 0.26)), t("sentence.before.school_year"), t) == said
    found = sentences.judge(LAST, THIS).difference
    assert found is not None
    assert round(100 * found.value) == 12
    assert round(50 * found.interval.width) == 25
    assert sentences.change(LAST, THIS, t, show(t)) == said
    assert not sentences.judge(LAST, THIS).claims


@pytest.mark.parametrize(
    ("t", "said"),
    [
        (nb, "32 prosentpoeng lavere enn i fjor, trolig mellom 7 og 57."),
        (nn, "32 prosentpoeng lågare enn i fjor, truleg mellom 7 og 57."),
        (en, "32 percentage points lower than last year, probably between 7 and 57."),
    ],
)
def test_thirty_two_down_give_or_take_twenty_five_is_claimed(t: sentences.Translate, said: str) -> None:
    assert (
        sentences.claim(Difference(-0.32, around(-0.32, 0.25)), t("sentence.before.school_year"), t) == said
    )


@pytest.mark.parametrize(
    ("t", "said"),
    [
        (nb, "35 prosentpoeng lavere enn i fjor, trolig mellom 12 og 53."),
        (nn, "35 prosentpoeng lågare enn i fjor, truleg mellom 12 og 53."),
        (en, "35 percentage points lower than last year, probably between 12 and 53."),
    ],
)
def test_a_fall_in_the_rows_is_claimed(t: sentences.Translate, said: str) -> None:
    assert sentences.change(*FALLEN, t, show(t)) == said
    assert sentences.judge(*FALLEN).claims


@pytest.mark.parametrize(
    ("t", "said"),
    [
        (nb, "Ny måte å spørre på fra 2025/26. Ikke sammenlign over streken."),
        (nn, "Ny måte å spørje på frå 2025/26. Ikkje samanlikn over streken."),
        (en, "New way of asking from 2025/26. Do not compare across the line."),
    ],
)
def test_a_break_forbids_the_claim(t: sentences.Translate, said: str) -> None:
    before, after = FALLEN
    assert sentences.change(before, after | {"break_before": True}, t, show(t)) == said
    assert sentences.judge(before, after | {"break_before": True}).kind == "break"


def test_a_break_in_a_year_between_forbids_the_claim() -> None:
    before, after = FALLEN
    early = before | {"period": "2023/24"}
    between = [row(20, 40, "2024/25", break_before=True)]
    assert sentences.judge(early, after).claims
    assert sentences.judge(early, after, between).kind == "break"


@pytest.mark.parametrize(
    "status", ["suppressed", "not_collected", "not_in_design", "not_applicable", "insufficient", "withdrawn"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_both_numbers_nothing_is_claimed(status: str, language: str) -> None:
    t = translator(language)
    gone = {"status": status, "numerator": None, "denominator": None, "value": None, "n_respondents": None}
    before, after = FALLEN
    for pair, period in (
        ((before | gone, after), "2024/25"),
        ((before, after | gone), "2025/26"),
        ((before | gone, after | gone), "2025/26"),
    ):
        verdict = sentences.judge(*pair)
        assert (verdict.kind, verdict.claims) == ("no_number", False)
        text = sentences.change(*pair, t, show(t))
        assert t(f"state.{status}") in text
        assert period in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", [0, 1])
def test_no_change_is_claimed_from_what_may_still_change(which: int, language: str) -> None:
    t = translator(language)
    pair = [dict(one) for one in FALLEN]
    assert sentences.judge(*pair).claims
    pair[which]["status"] = "provisional"
    verdict = sentences.judge(*pair)
    assert (verdict.kind, verdict.claims) == ("provisional", False)
    text = sentences.change(*pair, t, show(t))
    assert text == t("sentence.provisional", period=pair[which]["period"])
    assert not any(sign.isdigit() for sign in text.replace(pair[which]["period"], ""))


def test_a_protected_number_is_said_to_be_protected() -> None:
    before, after = FALLEN
    hidden = before | {
        "status": "suppressed",
        "status_reason": "few_people",
        "numerator": None,
        "value": None,
    }
    text = sentences.change(hidden, after, nb, show(nb))
    assert text == "For 2024/25: Skjermet (færre enn fem personer). Derfor sier vi ikke noe om endring."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_protected_number_says_why(language: str) -> None:
    t = translator(language)
    hidden = row(None, None, status="suppressed")
    said = {reason: sentences.shown(hidden | {"status_reason": reason}, t) for reason in STATUS_REASONS.codes}
    assert all(
        said[reason]
        == t(
            "state.with_reason",
            state=t("state.suppressed").rstrip("."),
            reason=STATUS_REASONS.labels[reason][language],
        )
        for reason in said
    )
    assert len(set(said.values())) == len(said)
    # releases from before reasons were told say no wrong one
    assert sentences.shown(hidden | {"status_reason": None}, t) == t("state.suppressed")


def test_the_first_value_has_no_sentence() -> None:
    assert sentences.change(None, THIS, nb, show(nb)) == ""


def test_a_new_definition_forbids_the_claim() -> None:
    before, after = FALLEN
    assert sentences.judge(before, after | {"definition_version": 2}).kind == "definition"
    assert (
        sentences.change(before, after | {"definition_version": 2}, nb, show(nb))
        == "Ny måte å regne på fra 2025/26. Ikke sammenlign over streken."
    )


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("log-a", "log-a", "change"),
        ("log-a", "log-b", "family"),
        (None, None, "family"),
        (None, "log-a", "family"),
    ],
)
def test_conditional_values_need_the_same_family(one: str | None, two: str | None, kind: str) -> None:
    before, after = (
        r | {"comparability_class": "K2", "comparison_family": f}
        for r, f in zip(FALLEN, (one, two), strict=True)
    )
    assert sentences.judge(before, after).kind == kind


def test_counts_of_things_are_put_side_by_side_without_a_claim() -> None:
    before, after = (
        row(x, n, p, disclosure="structural", n_respondents=None)
        for x, n, p in ((3, 3, "2024/25"), (0, 2, "2025/26"))
    )
    assert sentences.judge(before, after).kind == "counted"
    assert sentences.change(before, after, nb, show(nb)) == "0/2 nå, 3/3 i fjor."
    assert sentences.change(before, after, en, show(en)) == "0/2 now, 3/3 last year."


def test_published_intervals_are_used_where_they_stand() -> None:
    before, after = FALLEN
    wide = [
        r | {"interval_low": r["value"] - 0.3, "interval_high": r["value"] + 0.3} for r in (before, after)
    ]
    assert sentences.judge(before, after).kind == "change"
    assert sentences.judge(*wide).kind == "too_uncertain"
    without_counts = [
        r
        | {
            "numerator": None,
            "denominator": None,
            "interval_low": r["value"] - 0.1,
            "interval_high": r["value"] + 0.1,
        }
        for r in (before, after)
    ]
    assert sentences.judge(*without_counts).kind == "change"


def test_a_bounded_number_says_no_more_than_the_direction() -> None:
    before, after = ranged(0, 2, 30, "2024/25"), row(18, 30)
    assert (
        sentences.change(before, after, nb, show(nb))
        == "Høyere enn i fjor. Nær «ingen» eller «alle», og der få svar er slått sammen, sier vi ikke"
        " nøyaktig hvor mye."
    )
    assert sentences.judge(ranged(0, 2, 6, "2024/25"), ranged(4, 6, 6)).kind == "too_uncertain"


@pytest.mark.parametrize(
    ("kind", "one", "two", "said"),
    [
        ("loop", "3", "4", "Omtrent som i forrige sløyfe – for få svar til å si mer."),
        ("loop", "2", "4", "Omtrent som i sløyfe 2 – for få svar til å si mer."),
        ("school_year", "2023/24", "2025/26", "Omtrent som i 2023/24 – for få svar til å si mer."),
        ("partnership_year", "1", "2", "Omtrent som i forrige prosjektår – for få svar til å si mer."),
    ],
)
def test_the_earlier_period_is_named_for_what_it_is(kind: str, one: str, two: str, said: str) -> None:
    before, after = LAST | {"period_type": kind, "period": one}, THIS | {"period_type": kind, "period": two}
    assert sentences.change(before, after, nb, show(nb)) == said


def test_answers_come_before_the_value() -> None:
    text = sentences.headline(row(10, 26, interval_low=0.22, interval_high=0.57), nb, show(nb), invited=34)
    assert text == "26 av 34 lærere svarte. 10/26 (38,5\u00a0%), trolig mellom 22 og 57 prosent."
    assert sentences.headline(row(10, 26), nn, show(nn), invited=34).startswith("26 av 34 lærarar svarte.")
    assert sentences.headline(row(10, 26), en, show(en)).startswith("26 answered.")
    assert sentences.headline(row(None, None, status="suppressed"), nb, show(nb)) == "Skjermet."
    assert (
        sentences.headline(
            row(0, 9, status="stated_zero", disclosure="structural", n_respondents=None), nb, show(nb)
        )
        == "0/9."
    )


def test_rounding_never_brings_zero_back() -> None:
    text = sentences.claim(Difference(0.25, around(0.25, 0.249)), "i fjor", nb)
    assert text == "25 prosentpoeng høyere enn i fjor, trolig mellom 1 og 50."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_judges(language: str) -> None:
    texts = {k: v for k, v in wording(language).items() if k.startswith("sentence.")}
    assert len(texts) > 20
    judging = (
        r"\b(bedre|dårligere|betre|dårlegare|better|worse|forbedr\w*|improv\w*|svak\w*|weak\w*|bra|good)\b"
    )
    for text in texts.values():
        assert not re.search(judging, text, re.IGNORECASE), text
