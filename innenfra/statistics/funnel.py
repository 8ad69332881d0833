"""How far a school of a given size may lie from the common level by chance alone.

Belongs here: limits around a centre, and overdispersion. Does not belong here: any verdict on a school. A
funnel is
shown for eight schools or more of one denominator type; below that, each value with its own interval.
"""

from __future__ import annotations

from math import floor, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, ndtri

from innenfra.statistics.interval import Interval, around

LEVELS = (0.95, 0.998)
EXACT_BELOW = 30
SMALLEST = 8
"""Fewer schools than this are shown as values with intervals instead."""


def normal_limits(
    centre: float, n: float, deff: float = 1.0, level: float = 0.95, phi: float = 1.0
) -> Interval:
    """centre ± z·√(φ·v), v = centre(1-centre)·deff/n. Not clipped: the chart clips."""
    z = float(ndtri(1 - (1 - level) / 2))
    return around(centre, z * sqrt(phi * centre * (1 - centre) * deff / n))


def exact_limits(centre: float, n: int, level: float = 0.95) -> Interval:
    """Binomial limits, interpolated between whole counts (Spiegelhalter 2005). Not clipped."""
    tail = (1 - level) / 2
    return Interval(_quantile(centre, n, tail) / n, _quantile(centre, n, 1 - tail) / n)


def _quantile(centre: float, n: int, probability: float) -> float:
    """The count below which lies `probability`, with a fraction taken off in proportion to what is too
    much."""
    at = next(k for k in range(n + 1) if float(bdtr(k, n, centre)) >= probability)
    below = float(bdtr(at - 1, n, centre)) if at else 0.0
    reached = float(bdtr(at, n, centre))
    return at - (reached - probability) / (reached - below)


def limits(centre: float, n: float, deff: float = 1.0, level: float = 0.95, phi: float = 1.0) -> Interval:
    """The limits to draw: exact for small simple samples, else normal, within [0, 1]."""
    simple = deff == 1.0 and phi == 1.0 and n == floor(n)
    made = (
        exact_limits(centre, int(n), level)
        if simple and n < EXACT_BELOW
        else normal_limits(centre, n, deff, level, phi)
    )
    return made.clipped(0.0, 1.0)


def overdispersion(y: ArrayLike, v: ArrayLike, centre: float, share: float = 0.1) -> float:
    """φ: mean squared z-score after the outer `share` at either end is pulled in; never below 1.

    `y` and `v` hold one value and its variance per school. Limits are widened by √φ (Spiegelhalter 2005).
    """
    z = (np.asarray(y, dtype=float) - centre) / np.sqrt(np.asarray(v, dtype=float))
    low, high = np.quantile(z, [share, 1 - share])
    return max(1.0, float((np.clip(z, low, high) ** 2).mean()))
