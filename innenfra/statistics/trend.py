"""The direction of one school over years, once there are three.

Belongs here: a weighted line with known variances, and which of many lines may be named.
Does not belong here: joining years across a break; the caller passes one unbroken piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from innenfra.statistics.interval import Z_95, Interval, around

FEWEST_YEARS = 3
FALSE_DISCOVERIES = 0.10


@dataclass(frozen=True)
class Trend:
    """Change per year with its standard error, and how badly a line fits (chi-square, years - 2 degrees of
    freedom)."""

    years: int
    slope: float
    se: float
    chi2: float

    @property
    def df(self) -> int:
        """Years less two."""
        return self.years - 2

    @property
    def interval(self) -> Interval:
        """95 %, the variances being known."""
        return around(self.slope, Z_95 * self.se)

    @property
    def p_up(self) -> float:
        """How probable it is that the line rises."""
        return float(ndtr(self.slope / self.se))

    @property
    def p_value(self) -> float:
        """Two-sided, against no change."""
        return 2 * float(ndtr(-abs(self.slope / self.se)))


def trend(years: ArrayLike, values: ArrayLike, variances: ArrayLike) -> Trend | None:
    """Weighted least squares with weights 1/v, se = 1/√Σw(t - t̄_w)²; None for fewer than three years."""
    t, y, w = (
        np.asarray(years, dtype=float),
        np.asarray(values, dtype=float),
        1 / np.asarray(variances, dtype=float),
    )
    if len(np.unique(t)) < FEWEST_YEARS:
        return None
    centred = t - np.average(t, weights=w)
    spread = float((w * centred**2).sum())
    mean = float(np.average(y, weights=w))
    slope = float((w * centred * (y - mean)).sum()) / spread
    chi2 = float((w * (y - mean - slope * centred) ** 2).sum())
    return Trend(len(t), slope, 1 / sqrt(spread), chi2)


def adjusted(p_values: ArrayLike) -> NDArray[np.float64]:
    """Benjamini and Hochberg's adjusted p-values, in the order given."""
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)
    steps = p[order] * len(p) / np.arange(1, len(p) + 1)
    made = np.empty_like(p)
    made[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return made


def may_be_named(p_values: ArrayLike, level: float = FALSE_DISCOVERIES) -> NDArray[np.bool_]:
    """Which of all flagged schools may be called rising or falling, at a false discovery rate of `level`."""
    made: NDArray[np.bool_] = adjusted(p_values) <= level
    return made
