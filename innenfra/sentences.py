"""Numbers, their absence and their changes in words. No Streamlit in here.

Belongs here: how a value is written, that zero, missing, not planned and protected never look alike, and the
one rule
for when a change is claimed. Does not belong here: layout, SQL, formulas (see `innenfra.statistics`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from innenfra.contracts.vocabulary import SHOWN_STATUSES, STATUS_REASONS, verdict_in_words
from innenfra.statistics.change import Difference, interval_difference
from innenfra.statistics.interval import Interval

Translate = Callable[..., str]
Row = Mapping[str, Any]
Show = Callable[[Row], str]
"""How one value, or its state, is written: `shown` with its other arguments filled in."""
FEW = 20

# ---------------------------------------------------------------- one value


def number(value: float, language: str) -> str:
    """A number with the language's decimal sign, without needless decimals."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return text if language == "en" else text.replace(".", ",")


def kroner(amount: Decimal) -> str:
    """An amount in whole kroner, in groups of three."""
    return f"{int(amount):,}".replace(",", "\u00a0")


def has_number(row: Row) -> bool:
    """Whether the status is one that carries a number."""
    return row["status"] in SHOWN_STATUSES


def state(row: Row, t: Translate) -> str:
    """What is said where there is no number: the state, and of a number that is protected, why."""
    said, reason = t(f"state.{row['status']}"), row.get("status_reason")
    if row["status"] != "suppressed" or _missing(reason):
        return said
    return t(
        "state.with_reason", state=said.rstrip("."), reason=STATUS_REASONS.labels[str(reason)][t("code")]
    )


def shown(row: Row, t: Translate) -> str:
    """The value as people read it: its fraction, with per cent only from 20 upwards; or its state in
    words."""
    if row["status"] not in SHOWN_STATUSES:
        return state(row, t)
    text = _number(row, t)
    return t("value.provisional", value=text) if row["status"] == "provisional" else text


def _number(row: Row, t: Translate) -> str:
    language = t("code")
    sign = {"<=": "≤ ", ">=": "≥ "}.get(str(row["bound"]), "")
    top, bottom = row["numerator"], row["denominator"]
    if row["bound"] == "range":
        return _range(row, t)
    if _missing(top):
        return f"{sign}{_banded(row, language)}\u00a0%"
    if bottom is None or bottom != bottom:
        return f"{sign}{number(row['value'], language)} {t('unit.' + str(row['unit']))}"
    text = f"{sign}{number(top, language)}/{number(bottom, language)}"
    return text if bottom < FEW else f"{text} ({number(100 * row['value'], language)}\u00a0%)"


def _range(row: Row, t: Translate) -> str:
    """What a number can be that rests on answers told together: between how many and how many, or between
    which shares."""
    language, bottom = t("code"), row["denominator"]
    ends = (number(100 * float(row[end]), language) for end in ("value", "value_high"))
    shares = f"{'–'.join(ends)}\u00a0%"
    if _missing(row["numerator"]) or _missing(bottom):
        return shares
    low, high, whole = (
        number(float(row[part]), language) for part in ("numerator", "numerator_high", "denominator")
    )
    text = t("value.range", low=low, high=high, whole=whole)
    return text if bottom < FEW else f"{text} ({shares})"


def _banded(row: Row, language: str) -> str:
    """A share whose people are not told outside the school: a whole per cent, or a band."""
    low, below = 100 * float(row["value"]), row.get("value_below")
    return (
        number(low, language)
        if below is None or _missing(below)
        else f"{number(low, language)}–{number(100 * float(below) - 1, language)}"
    )


class Labels:
    """What a slice is called: the catalogue's own name of the measure it belongs to, then the codes that it
    is open for."""

    def __init__(self, measures: Sequence[Row], language: str) -> None:
        self._measures = [
            (str(m["indicator_id"]), json.loads(str(m["slice"])), str(m[f"label_{language}"]))
            for m in measures
        ]

    def of(self, indicator_id: str, cut: Mapping[str, str]) -> str:
        """The label of a slice of an indicator; empty where the catalogue does not know it."""
        fitting = [
            (fixed, label)
            for known, fixed, label in self._measures
            if known == indicator_id and fixed.items() <= cut.items()
        ]
        if not fitting:
            return ""
        fixed, label = max(fitting, key=lambda pair: len(pair[0]))
        return " · ".join([label, *(value for key, value in cut.items() if key not in fixed)])


def fairness(row: Row, t: Translate) -> str:
    """How far the value may be compared, and why not further."""
    verdict, reason = row["comparability"], row["comparability_reason"]
    return (
        ""
        if _missing(verdict)
        else verdict_in_words(verdict, None if _missing(reason) else reason, t("code"))
    )


def change_fairness(row: Row, t: Translate) -> str:
    """How far the value may be compared with the period before, and why not further; empty in the first
    period."""
    return fairness(
        {"comparability": row["change_comparability"], "comparability_reason": row["change_reason"]}, t
    )


def valued(row: Row, t: Translate) -> str:
    """The value with its interval, where one is published; or its state."""
    band = _interval(row) if row["status"] in SHOWN_STATUSES and row["unit"] == "share" else None
    return shown(row, t) if band is None else f"{shown(row, t)}, {likely(*band, t)}"


def seen_by_others(row: Row, t: Translate) -> str:
    """How others than the school will see one of its values: the value itself, or what is told of people's
    answers."""
    if _missing(row.get("n_respondents")):
        return shown(row, t)
    return t("look.others.rate") if row["indicator_id"] == "E3" else t("look.others.people")


def period(row: Row, t: Translate) -> str:
    """The period of a row, as a sentence begins with it."""
    said = _period(row, t)
    return said[:1].upper() + said[1:]


def answered(submitted: float, invited: float | None, t: Translate) -> str:
    """Who answered, to stand before the value."""
    if _missing(invited):
        return t("sentence.answers", n=int(submitted))
    return t("sentence.answered", n=int(submitted), invited=int(invited or 0))


def likely(low: float, high: float, t: Translate) -> str:
    """An interval of a share, in whole per cent."""
    return t("sentence.likely", low=round(100 * low), high=round(100 * high))


def headline(row: Row, t: Translate, show: Show, invited: float | None = None) -> str:
    """Answers first, then the value, then how certain it is; or the state alone."""
    if row["status"] not in SHOWN_STATUSES:
        return show(row)
    answers, band = row.get("n_respondents"), _interval(row)
    before = "" if answers is None or _missing(answers) else answered(float(answers), invited, t) + " "
    after = "" if band is None or row["unit"] != "share" else f", {likely(*band, t)}"
    return f"{before}{show(row)}{after}."


# ---------------------------------------------------------------- from one value to the next

Kind = Literal[
    "change",
    "too_uncertain",
    "counted",
    "no_number",
    "provisional",
    "break",
    "definition",
    "family",
]


@dataclass(frozen=True)
class Verdict:
    """What may be said about two values of one series. Only `change` claims anything."""

    kind: Kind
    difference: Difference | None = None
    bounded: bool = False
    missing: Row | None = None
    """The later of the values that has no number, or one that may still change."""

    @property
    def claims(self) -> bool:
        """Whether a change is claimed."""
        return self.kind == "change"


def judge(before: Row, after: Row, between: Sequence[Row] = ()) -> Verdict:
    """The rule: both are observed, by the same definition and family, no break lies between, and the interval
    excludes zero.

    `before` and `after` are rows of `published.indicator_value` (or `published.school_indicator_value`) of
    one series;
    `between` are the rows of the periods that lie between them, which may carry a break.
    """
    for row in (after, before):
        if row["status"] not in SHOWN_STATUSES:
            return Verdict("no_number", missing=row)
    for row in (after, before):
        # what may still change is told, and no change is claimed from it
        if row["status"] == "provisional":
            return Verdict("provisional", missing=row)
    if any(_is_true(row.get("break_before")) for row in (*between, after)):
        return Verdict("break")
    if before.get("definition_version") != after.get("definition_version"):
        return Verdict("definition")
    if after.get("comparability_class") == "K2" and not _same_family(before, after):
        return Verdict("family")
    difference = _difference(before, after)
    if difference is None:
        return Verdict("counted")
    bounded = any(row.get("bound") not in (None, "=") for row in (before, after))
    return Verdict("change" if difference.claimed else "too_uncertain", difference, bounded)


def change(before: Row | None, after: Row, t: Translate, show: Show, between: Sequence[Row] = ()) -> str:
    """The sentence about a value and an earlier one; empty when there is no earlier one."""
    return "" if before is None else said(judge(before, after, between), before, after, t, show)


def said(verdict: Verdict, before: Row, after: Row, t: Translate, show: Show) -> str:
    """A verdict in words."""
    when = _when(before, after, t)
    if verdict.missing is not None:
        state = {"state": show(verdict.missing)} if verdict.kind == "no_number" else {}
        return t(f"sentence.{verdict.kind}", period=_period(verdict.missing, t), **state)
    if verdict.kind in ("break", "definition"):
        return t(f"sentence.{verdict.kind}", period=_period(after, t))
    if verdict.kind == "counted":
        return t("sentence.counted", now=show(after), then=show(before), before=when)
    if verdict.kind == "change" and verdict.difference is not None:
        return claim(verdict.difference, when, t, verdict.bounded)
    return t(f"sentence.{verdict.kind}", before=when)


def claim(difference: Difference, before: str, t: Translate, bounded: bool = False) -> str:
    """A difference of shares in words: how many percentage points, between what and what; or that nothing
    certain can be said."""
    if not difference.claimed:
        return t("sentence.too_uncertain", before=before)
    way = "higher" if difference.interval.low > 0 else "lower"
    if bounded:
        return t(f"sentence.{way}_bounded", before=before)
    # rounding must not bring in the zero that the interval leaves out
    low, high = sorted(max(1, round(100 * abs(end))) for end in difference.interval)
    return t(
        f"sentence.{way}",
        points=max(1, round(100 * abs(difference.value))),
        before=before,
        low=low,
        high=high,
    )


def reference(row: Row, t: Translate) -> str:
    """A row of `published.reference_value` in words: how many schools, where the middle half of them is, and
    the middle one; empty where these are not told."""
    if any(_missing(row[part]) for part in ("low_quarter", "median", "high_quarter")):
        return ""
    low, middle, high = (_quarter(row, part, t("code")) for part in ("low_quarter", "median", "high_quarter"))
    return t("sentence.reference", n=int(row["schools_n"]), low=low, high=high, median=middle)


def _quarter(row: Row, part: str, language: str) -> str:
    low, high = row[part], row.get(f"{part}_high")
    said = number(100 * float(low), language)
    return said if _missing(high) else f"{said}–{number(100 * float(high or 0), language)}"


def by_chance(rows: Sequence[Row], t: Translate) -> str:
    """Rows of `published.funnel_limit` in words; empty where there are none. No word on which schools are
    where."""
    told = [
        t(
            "sentence.by_chance.band",
            band=t(f"band.{row['n_band']}"),
            low=round(100 * float(row["low_95"])),
            high=round(100 * float(row["high_95"])),
        )
        for row in rows
    ]
    return t("sentence.by_chance", bands="; ".join(told)) if told else ""


def trend(row: Row | None, t: Translate) -> str:
    """A row of `published.trend` in words; empty where there are too few years for a line."""
    if row is None or _missing(row["direction"]):
        return ""
    # rounding must not bring in the zero that the interval leaves out
    low, high = sorted(max(0.1, round(100 * abs(float(row[end])), 1)) for end in ("slope_low", "slope_high"))
    points, language = math.ceil(100 * float(row["smallest_visible"])), t("code")
    return t(
        f"sentence.trend.{row['direction']}",
        n=row["years_n"],
        first=row["first_year"],
        last=row["last_year"],
        low=number(low, language),
        high=number(high, language),
        points=points,
    )


def _difference(before: Row, after: Row) -> Difference | None:
    """Difference of two shares of people, from the published values and intervals alone; None for what has no
    interval."""
    if any(not _rests_on_answers(row) or row.get("unit") != "share" for row in (before, after)):
        return None
    one, two = _interval(before), _interval(after)
    return interval_difference(_ends(before), one, _ends(after), two) if one and two else None


def _ends(row: Row) -> Interval:
    """The least and the most that a share can be, as it is told."""
    value, bound = float(row["value"]), row.get("bound")
    if bound == "<=":
        return Interval(0.0, value)
    if bound == ">=":
        return Interval(value, 1.0)
    return Interval(value, float(row["value_high"]) if bound == "range" else value)


def _interval(row: Row) -> Interval | None:
    low, high = row.get("interval_low"), row.get("interval_high")
    return (
        None
        if low is None or high is None or _missing(low) or _missing(high)
        else Interval(float(low), float(high))
    )


def _rests_on_answers(row: Row) -> bool:
    stated = row.get("disclosure")
    return (
        not _missing(row.get("n_respondents"))
        if _missing(stated)
        else stated in ("respondents", "distribution")
    )


def _same_family(before: Row, after: Row) -> bool:
    family = after.get("comparison_family")
    return not _missing(family) and family == before.get("comparison_family")


def _when(before: Row, after: Row, t: Translate) -> str:
    """The earlier period in relation to the later: last year, the previous loop, or by its name."""
    kind = str(after["period_type"])
    follows = _order(after) - _order(before) == 1
    return (
        t(f"sentence.before.{kind}")
        if follows and kind != "project"
        else t("sentence.before.named", period=_period(before, t))
    )


def _order(row: Row) -> int:
    digits = str(row["period"])[:4] if row["period_type"] == "school_year" else str(row["period"])
    return int(digits) if digits.isdigit() else 0


def _period(row: Row, t: Translate) -> str:
    return t(f"sentence.period.{row['period_type']}", period=row["period"])


def _missing(value: object) -> bool:
    return value is None or value != value


def _is_true(value: object) -> bool:
    return not _missing(value) and bool(value)
