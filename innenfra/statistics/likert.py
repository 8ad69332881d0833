"""Means of ordered answers from 1 to 5, where a mean is asked for at all.

Belongs here: the pooled spread and the interval of a mean. Does not belong here: distributions over answer
options.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from innenfra.statistics.interval import Interval, around, t_quantile

SCALE = (1.0, 5.0)


def pooled_sd(values: ArrayLike, schools: Sequence[Hashable]) -> tuple[float, int]:
    """Standard deviation within schools, pooled over them, and its degrees of freedom N - S.

    One entry per answer. ValueError when no school has two answers.
    """
    y = np.asarray(values, dtype=float)
    members = [np.asarray([s == school for s in schools]) for school in dict.fromkeys(schools)]
    df = len(y) - len(members)
    if df < 1:
        raise ValueError("the spread within schools needs a school with two answers or more")
    within = sum(float(((y[m] - y[m].mean()) ** 2).sum()) for m in members)
    return sqrt(within / df), df


def mean_variance(n: float, sd: float, deff: float = 1.0) -> float:
    """Variance of a school's mean of n answers, from the pooled spread."""
    return sd * sd * deff / n


def mean_interval(mean: float, n: float, sd: float, df: float, deff: float = 1.0) -> Interval:
    """mean ± t·sd·√(deff/n), clipped to the scale; `sd` and `df` from `pooled_sd`, never the school's own
    spread."""
    return around(mean, t_quantile(df) * sqrt(mean_variance(n, sd, deff))).clipped(*SCALE)
