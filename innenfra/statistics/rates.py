"""Counts over an exposure and ratios of totals.

Belongs here: events per exposure, and delivered over agreed. An administrative total is what it is: it has no
interval. Only when the ratio is read as a sign of a process that could have gone otherwise does it get one.
Does not belong here: shares of people (see `proportions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from innenfra.statistics.interval import Z_95, Interval, around, t_quantile


def garwood(events: float, exposure: float = 1.0, level: float = 0.95) -> Interval:
    """The exact Poisson interval for events/exposure (Garwood 1936)."""
    tail = (1 - level) / 2
    low = 0.0 if events == 0 else float(gammaincinv(events, tail))
    return Interval(low / exposure, float(gammaincinv(events + 1, 1 - tail)) / exposure)


def byar(events: float, exposure: float = 1.0, z: float = Z_95) -> Interval:
    """Byar's approximation to Garwood's interval; the closed form that SQL uses too."""
    more = events + 1
    low = 0.0 if events == 0 else events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return Interval(low / exposure, high / exposure)


def total_ratio(delivered: ArrayLike, agreed: ArrayLike) -> float:
    """Σ delivered / Σ agreed: an administrative total, without an interval. ValueError if nothing was
    agreed."""
    base = float(np.asarray(agreed, dtype=float).sum())
    if base <= 0:
        raise ValueError("nothing was agreed, so there is nothing to set what was delivered against")
    return float(np.asarray(delivered, dtype=float).sum()) / base


@dataclass(frozen=True)
class ProcessRatio:
    """Σd/Σa read as a process, with its linearised variance over m units."""

    units: int
    ratio: float
    variance: float

    @property
    def df(self) -> int:
        """Units less one."""
        return self.units - 1

    @property
    def interval(self) -> Interval:
        """ratio ± t·se with m - 1 degrees of freedom."""
        return around(self.ratio, t_quantile(self.df) * sqrt(self.variance))


def process_ratio(delivered: ArrayLike, agreed: ArrayLike) -> ProcessRatio:
    """The ratio estimator, v = m/(m-1)·Σ(d_j - r·a_j)²/(Σa)². One entry per unit, two units or more."""
    d, a = np.asarray(delivered, dtype=float), np.asarray(agreed, dtype=float)
    if len(d) < 2:
        raise ValueError("a process is read from two units or more")
    ratio = total_ratio(d, a)
    residuals = (d - ratio * a) / a.sum()
    return ProcessRatio(len(d), ratio, len(d) / (len(d) - 1) * float(residuals @ residuals))
