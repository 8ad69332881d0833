"""Shares of people, with what it costs that answers from one team resemble each other.

Belongs here: intervals for x of n, and for the difference of two shares.
Does not belong here: administrative totals (see `rates`), pooling over schools (see `pooling`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from innenfra.statistics.interval import Z_95, Interval, around, t_quantile


def effective_size(n: float, deff: float = 1.0) -> float:
    """How many independent answers n answers are worth. ValueError unless n and deff are above 0."""
    if n <= 0 or deff <= 0:
        raise ValueError(f"n and deff must be above 0; they are {n} and {deff}")
    return n / deff


def wilson(x: float, n: float, deff: float = 1.0, z: float = Z_95) -> Interval:
    """Wilson's score interval for x of n, widened by the design effect; always within [0, 1].

    Kish's effective size n/deff stands in for n (Wilson 1927; Kish 1965).
    """
    size = effective_size(n, deff)
    p = x / n
    scale = 1 + z * z / size
    centre = (p + z * z / (2 * size)) / scale
    margin = z * sqrt(p * (1 - p) / size + z * z / (4 * size * size)) / scale
    return Interval(0.0 if x == 0 else centre - margin, 1.0 if x == n else centre + margin).clipped(0.0, 1.0)


def jeffreys(x: float, n: float, deff: float = 1.0, level: float = 0.95) -> Interval:
    """Equal-tailed interval of Beta(x + ½, n - x + ½) at the effective size (Brown, Cai and DasGupta
    2001)."""
    size = effective_size(n, deff)
    hits, tail = x / deff, (1 - level) / 2
    a, b = hits + 0.5, size - hits + 0.5
    return Interval(float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail)))


def clopper_pearson(x: float, n: float, deff: float = 1.0, level: float = 0.95) -> Interval:
    """The exact interval at the effective size; wider than needed, for checks and for Korn–Graubard."""
    size = effective_size(n, deff)
    hits, tail = x / n * size, (1 - level) / 2
    low = 0.0 if x == 0 else float(betaincinv(hits, size - hits + 1, tail))
    high = 1.0 if x == n else float(betaincinv(hits + 1, size - hits, 1 - tail))
    return Interval(low, high)


def newcombe(
    x1: float, n1: float, x2: float, n2: float, deff1: float = 1.0, deff2: float = 1.0, z: float = Z_95
) -> Interval:
    """Interval for x2/n2 - x1/n1 from the two Wilson intervals (Newcombe 1998, method 10).

    The same people answering twice without names would make it a little too wide, never too narrow.
    """
    p1, p2 = x1 / n1, x2 / n2
    one, two = wilson(x1, n1, deff1, z), wilson(x2, n2, deff2, z)
    difference = p2 - p1
    low = difference - sqrt((p2 - two.low) ** 2 + (one.high - p1) ** 2)
    high = difference + sqrt((two.high - p2) ** 2 + (p1 - one.low) ** 2)
    return Interval(low, high).clipped(-1.0, 1.0)


@dataclass(frozen=True)
class Clustered:
    """A share whose variance comes from how the school's own teams differ."""

    teams: int
    n: float
    p: float
    variance: float
    deff: float
    df: int

    @property
    def t_interval(self) -> Interval:
        """p ± t·se; not clipped, and of no width when all teams agree. Only for ten teams or more."""
        return around(self.p, t_quantile(self.df) * sqrt(self.variance))

    @property
    def korn_graubard(self) -> Interval:
        """The exact interval at the size the variance implies, less what the few teams cost (Korn and
        Graubard 1998)."""
        size = self.korn_graubard_size
        return clopper_pearson(self.p * size, size)

    @property
    def korn_graubard_size(self) -> float:
        """n/deff times (t of the answers over t of the teams) squared; n where the teams agree entirely."""
        base = self.n if self.deff == 0 else self.n / self.deff
        return base * (t_quantile(self.n - 1) / t_quantile(self.df)) ** 2


def clustered(x: ArrayLike, n: ArrayLike) -> Clustered:
    """Linearised variance of Σx/Σn over a school's teams; `x` and `n` have one entry per team.

    v = m/(m-1)·Σ(x_j - p·n_j)²/n². ValueError for fewer than two teams.
    """
    hits, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    teams, total = len(sizes), float(sizes.sum())
    if teams < 2:
        raise ValueError("the variance between teams needs two teams or more")
    p = float(hits.sum()) / total
    residuals = (hits - p * sizes) / total
    variance = teams / (teams - 1) * float(residuals @ residuals)
    simple = p * (1 - p) / total
    return Clustered(teams, total, p, variance, variance / simple if simple > 0 else 0.0, teams - 1)
