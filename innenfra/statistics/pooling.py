"""What schools have in common: resemblance within teams, spread between schools, and partial pooling.

Belongs here: intraclass correlation, design effect, between-school variance and shrinkage with its
reliability.
Does not belong here: a shrunken value of a withheld cell; such a value can be turned back into the cell, so
only
values that the gate shows may enter.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innenfra.statistics.interval import Z_95

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class NestedAnova:
    """Mean squares of answers in teams in schools, and the intraclass correlation of teams, never below 0."""

    answers: int
    schools: int
    teams: int
    ms_between: float
    ms_within: float
    n0: float

    @property
    def df_between(self) -> int:
        """Teams less schools."""
        return self.teams - self.schools

    @property
    def df_within(self) -> int:
        """Answers less teams."""
        return self.answers - self.teams

    @property
    def icc(self) -> float:
        """ρ = max(0, (MSB - MSW) / (MSB + (n0 - 1)·MSW)); 0 where nothing varies."""
        base = self.ms_between + (self.n0 - 1) * self.ms_within
        return max(0.0, (self.ms_between - self.ms_within) / base) if base > 0 else 0.0


def nested_anova(values: ArrayLike, schools: Sequence[Hashable], teams: Sequence[Hashable]) -> NestedAnova:
    """Nested analysis of variance over all schools, one entry per answer; a team is named within its school.

    n0 = (N - Σ_s Σ_j n_sj²/n_s) / Σ_s(m_s - 1). ValueError without a school of two teams, or without a team
    of two answers.
    """
    y = np.asarray(values, dtype=float)
    school = _codes(schools)
    team = _codes(list(zip(schools, teams, strict=True)))
    n_team, n_school = np.bincount(team), np.bincount(school)
    mean_team = np.bincount(team, y) / n_team
    mean_school = np.bincount(school, y) / n_school
    school_of_team = np.zeros(len(n_team), dtype=int)
    school_of_team[team] = school
    df_between, df_within = len(n_team) - len(n_school), len(y) - len(n_team)
    if df_between < 1 or df_within < 1:
        raise ValueError("resemblance within teams needs a school with two teams and a team with two answers")
    between = float((n_team * (mean_team - mean_school[school_of_team]) ** 2).sum())
    within = float(((y - mean_team[team]) ** 2).sum())
    n0 = (len(y) - float((n_team**2 / n_school[school_of_team]).sum())) / df_between
    return NestedAnova(len(y), len(n_school), len(n_team), between / df_between, within / df_within, n0)


def design_effect(sizes: ArrayLike, icc: float) -> float:
    """1 + ρ(Σ n_j²/n - 1), from the number of answers in each of a school's teams."""
    n = np.asarray(sizes, dtype=float)
    return 1 + icc * (float((n * n).sum() / n.sum()) - 1)


def heterogeneity(y: ArrayLike, v: ArrayLike) -> float:
    """Cochran's Q: Σ w(y - ȳ_w)² with w = 1/v."""
    values, weights = np.asarray(y, dtype=float), 1 / np.asarray(v, dtype=float)
    return float((weights * (values - np.average(values, weights=weights)) ** 2).sum())


def dersimonian_laird(y: ArrayLike, v: ArrayLike) -> float:
    """Between-school variance in closed form (DerSimonian and Laird 1986); 0 for fewer than two schools."""
    w = 1 / np.asarray(v, dtype=float)
    if len(w) < 2:
        return 0.0
    spare = float(w.sum() - (w * w).sum() / w.sum())
    return max(0.0, (heterogeneity(y, v) - (len(w) - 1)) / spare)


def paule_mandel(y: ArrayLike, v: ArrayLike, tolerance: float = 1e-5) -> float:
    """Between-school variance at which the generalised Q equals its expectation (Paule and Mandel 1982).

    Newton's steps from 0 (DerSimonian and Kacker 2007), ended where Q is within `tolerance` of its
    expectation. The
    tolerance is the one statsmodels uses, whose figures are the reference; it leaves about 1e-8 of the
    variance.
    """
    values, within = np.asarray(y, dtype=float), np.asarray(v, dtype=float)
    tau2 = 0.0
    while True:
        w = 1 / (within + tau2)
        squares = (values - np.average(values, weights=w)) ** 2
        surplus = float(w @ squares) - (len(values) - 1)
        step = surplus / float(w * w @ squares) if surplus > tolerance else 0.0
        if tau2 + step == tau2:
            return tau2
        tau2 += step


@dataclass(frozen=True)
class Shrunken:
    """Partially pooled values, one entry per school, and what they were pooled towards."""

    q: float
    tau2: float
    mean: float
    reliability: Floats
    value: Floats
    sd: Floats

    @property
    def low(self) -> Floats:
        """Low end of the 95 % interval."""
        return self.value - Z_95 * self.sd

    @property
    def high(self) -> Floats:
        """High end of the 95 % interval."""
        return self.value + Z_95 * self.sd


def shrink(y: ArrayLike, v: ArrayLike, method: Literal["DL", "PM"] = "DL") -> Shrunken:
    """Pull each school's value towards the common mean by as much as its own figure is unreliable.

    `y` and `v` hold one value and one known variance (> 0) per school. Reliability B = τ²/(τ² + v);
    θ̂ = By + (1-B)μ; sd = √(Bv + (1-B)²/Σ1/(v+τ²)).
    """
    values, within = np.asarray(y, dtype=float), np.asarray(v, dtype=float)
    tau2 = (dersimonian_laird if method == "DL" else paule_mandel)(values, within)
    weights = 1 / (within + tau2)
    mean = float(np.average(values, weights=weights))
    b = tau2 / (tau2 + within)
    sd = np.sqrt(b * within + (1 - b) ** 2 / weights.sum())
    return Shrunken(heterogeneity(values, within), tau2, mean, b, b * values + (1 - b) * mean, sd)


def share_variances(x: ArrayLike, n: ArrayLike, deff: ArrayLike = 1.0) -> Floats:
    """μ(1-μ)·deff/n with μ the pooled share: a school's own share of 0 or 1 does not make it certain."""
    hits, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    pooled = hits.sum() / sizes.sum()
    made: Floats = pooled * (1 - pooled) * np.asarray(deff, dtype=float) / sizes
    return made


def _codes(names: Sequence[Hashable]) -> NDArray[np.int64]:
    number = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return np.asarray([number[name] for name in names], dtype=np.int64)
