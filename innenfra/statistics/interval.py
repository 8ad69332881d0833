"""An interval and the quantiles that all methods share.

Belongs here: what more than one module of the package needs. Does not belong here: a method.
"""

from __future__ import annotations

from typing import NamedTuple

from scipy.special import ndtri, stdtrit

Z_95 = 1.959963984540054
"""The normal quantile of .975."""
Z_998 = float(ndtri(0.999))
"""The normal quantile of .999, for limits at 99.8 %."""
Z_POWER_80 = float(ndtri(0.8))
"""The normal quantile of .8, for a change that is found four times out of five."""


class Interval(NamedTuple):
    """Low and high end, in the unit of the estimate."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low

    def excludes(self, value: float) -> bool:
        """Whether the value lies strictly outside."""
        return value < self.low or value > self.high

    def clipped(self, low: float, high: float) -> Interval:
        """The part within the bounds of the scale."""
        return Interval(min(max(self.low, low), high), min(max(self.high, low), high))


def t_quantile(df: float, probability: float = 0.975) -> float:
    """Student's t quantile; `df` > 0."""
    return float(stdtrit(df, probability))


def around(centre: float, margin: float) -> Interval:
    """The symmetric interval."""
    return Interval(centre - margin, centre + margin)
