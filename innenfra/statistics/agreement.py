"""Whether coded material carries a number: Krippendorff's alpha and the coverage rule.

Belongs here: agreement between coders, and what stands beside every coded indicator.
Does not belong here: the thresholds (one place: `dbt_project/seeds/coding_policy.csv`), and the material
itself.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innenfra.statistics.interval import Interval

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Usage = Literal["reliable", "tentative", "not_published"]
Floats = NDArray[np.float64]


def alpha(ratings: ArrayLike, level: Level) -> float | None:
    """Krippendorff's alpha of `ratings`, shape (coders, units), NaN where a coder did not code (Krippendorff
    2011).

    None where it is not defined: no unit coded twice, or only one value in use.
    """
    counts, values = _counts(ratings)
    return _alpha(counts, values, np.ones(len(counts)), level)


def bootstrap(ratings: ArrayLike, level: Level, draws: int = 1_000, seed: int = 0) -> Interval | None:
    """95 % percentile interval of alpha over drawn units; None where alpha is not defined.

    Draws in which alpha is not defined are left out.
    """
    counts, values = _counts(ratings)
    if _alpha(counts, values, np.ones(len(counts)), level) is None:
        return None
    times = np.random.default_rng(seed).multinomial(
        len(counts), np.full(len(counts), 1 / len(counts)), size=draws
    )
    found = [a for a in (_alpha(counts, values, w.astype(float), level) for w in times) if a is not None]
    low, high = np.quantile(found, [0.025, 0.975])
    return Interval(float(low), float(high))


def _counts(ratings: ArrayLike) -> tuple[Floats, Floats]:
    """How often each unit got each value, shape (units, values), for units coded at least twice; and the
    values."""
    coded = np.asarray(ratings, dtype=float)
    values = np.unique(coded[~np.isnan(coded)])
    counts = (coded[:, :, None] == values).sum(axis=0).astype(float)
    paired: Floats = counts[counts.sum(axis=1) >= 2]
    return paired, values


def _alpha(counts: Floats, values: Floats, times: Floats, level: Level) -> float | None:
    coders = counts.sum(axis=1)
    if not len(counts):
        return None
    weighted = counts * (times / (coders - 1))[:, None]
    coincidences = weighted.T @ counts - np.diag(weighted.sum(axis=0))
    totals = coincidences.sum(axis=0)
    distance = _DISTANCES[level](values, totals)
    expected = float((np.outer(totals, totals) * distance).sum())
    return (
        None
        if expected == 0
        else 1 - (float(totals.sum()) - 1) * float((coincidences * distance).sum()) / expected
    )


def _nominal(values: Floats, totals: Floats) -> Floats:
    made: Floats = (values[:, None] != values[None, :]).astype(float)
    return made


def _ordinal(values: Floats, totals: Floats) -> Floats:
    middle = np.cumsum(totals) - totals / 2
    made: Floats = (middle[:, None] - middle[None, :]) ** 2
    return made


def _interval(values: Floats, totals: Floats) -> Floats:
    made: Floats = (values[:, None] - values[None, :]) ** 2
    return made


def _ratio(values: Floats, totals: Floats) -> Floats:
    together = values[:, None] + values[None, :]
    made: Floats = ((values[:, None] - values[None, :]) / np.where(together == 0, 1, together)) ** 2
    return made


_DISTANCES: dict[Level, Callable[[Floats, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


@dataclass(frozen=True)
class CodingPolicy:
    """One version of the thresholds for coded material."""

    policy_version: int
    min_teams: int
    min_units: int
    alpha_published: float
    alpha_reliable: float


def read_policy(path: Path) -> CodingPolicy:
    """The newest version in the seed."""
    with path.open(encoding="utf-8", newline="") as handle:
        row = max(csv.DictReader(handle), key=lambda r: int(r["policy_version"]))
    return CodingPolicy(
        int(row["policy_version"]),
        int(row["min_teams"]),
        int(row["min_units"]),
        float(row["alpha_published"]),
        float(row["alpha_reliable"]),
    )


def usage(value: float | None, policy: CodingPolicy) -> Usage:
    """What a coded indicator with this agreement may be used for; without agreement it is not published."""
    if value is None or value < policy.alpha_published:
        return "not_published"
    return "reliable" if value >= policy.alpha_reliable else "tentative"


@dataclass(frozen=True)
class CodedMaterial:
    """One delivered base of coded units: who coded, how much, how much twice, and how well they agreed."""

    coded_by_party: str
    n_teams: int
    n_units: int
    double_coded_n: int = 0
    agreement_value: float | None = None


@dataclass(frozen=True)
class CodingCoverage:
    """What stands beside a coded indicator, and whether its number may stand at all."""

    coded_by_party: tuple[str, ...]
    n_teams: int
    n_units: int
    double_coded_share: float | None
    agreement_value: float | None
    usage: Usage
    status: Literal["observed", "insufficient", "not_collected"]
    reason: (
        Literal["too_few_teams", "too_few_units", "low_agreement", "not_double_coded", "nothing_coded"] | None
    )


def coverage(material: Iterable[CodedMaterial], policy: CodingPolicy) -> CodingCoverage:
    """Coverage of one loop's coded material: parties in order, units summed, the lowest agreement of its
    parts.

    Nothing delivered is `not_collected`; too few teams or units, or agreement that is low or unknown, is
    `insufficient`.
    Teams are not summed over parts (the same team may stand in several): the largest part counts.
    """
    parts = list(material)
    teams, units = max((p.n_teams for p in parts), default=0), sum(p.n_units for p in parts)
    known = [p.agreement_value for p in parts if p.agreement_value is not None]
    lowest = min(known) if parts and len(known) == len(parts) else None
    reason: (
        Literal["too_few_teams", "too_few_units", "low_agreement", "not_double_coded", "nothing_coded"] | None
    ) = None
    if not parts:
        reason = "nothing_coded"
    elif teams < policy.min_teams:
        reason = "too_few_teams"
    elif units < policy.min_units:
        reason = "too_few_units"
    elif lowest is None:
        reason = "not_double_coded"
    elif usage(lowest, policy) == "not_published":
        reason = "low_agreement"
    return CodingCoverage(
        coded_by_party=tuple(sorted({p.coded_by_party for p in parts})),
        n_teams=teams,
        n_units=units,
        double_coded_share=sum(p.double_coded_n for p in parts) / units if units else None,
        agreement_value=lowest,
        usage=usage(lowest, policy),
        status="not_collected" if not parts else "insufficient" if reason else "observed",
        reason=reason,
    )
