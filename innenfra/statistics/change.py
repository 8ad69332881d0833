"""From one year to the next: what could be seen, what was seen, and whether it may be called a change.

Belongs here: the difference of two values with its interval, and the claim. Does not belong here: breaks, statuses and
words (see `apps.sentences`), series of three years and more (see `trend`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import sqrt

from scipy.special import ndtr

from innenfra.statistics.interval import Z_95, Z_POWER_80, Interval, around, t_quantile
from innenfra.statistics.proportions import newcombe

DESIGN_EFFECT = 1.3
"""How much wider than chance alone differences of people's answers are taken to be; that of the seed `disclosure_policy`."""


@dataclass(frozen=True)
class Difference:
    """Later less earlier, in the unit of the value, with its 95 % interval."""

    value: float
    interval: Interval

    @property
    def claimed(self) -> bool:
        """A change may be claimed: the interval excludes zero."""
        return self.interval.excludes(0.0)


@dataclass(frozen=True)
class Share:
    """x of n as published: with a bound, all that is known is that the count is at most or at least x; of a range, that it is from x to `high`."""

    x: float
    n: float
    bound: str = "="
    high: float | None = None

    def possible(self) -> tuple[float, ...]:
        """The ends of what the count may be."""
        ends = {"<=": (0.0, self.x), ">=": (self.x, self.n), "range": (self.x, self.x if self.high is None else self.high)}
        return ends.get(self.bound, (self.x,))


def share_difference(before: Share, after: Share, deff: float = 1.0) -> Difference:
    """Newcombe's interval with Student's quantile; where a count is only bounded, the widest over all it may be.

    So a claim holds whatever the count behind the bound is. The quantile has n1/deff + n2/deff - 2 degrees of freedom:
    with the normal one, up to 6 % of schools without any change would be said to have changed (see the simulation test).
    """
    z = _quantile(before.n / deff, after.n / deff)
    found = [newcombe(a, before.n, b, after.n, deff, deff, z) for a, b in product(before.possible(), after.possible())]
    hull = Interval(min(i.low for i in found), max(i.high for i in found))
    return Difference(after.x / after.n - before.x / before.n, hull)


def interval_difference(before: float, around_before: Interval, after: float, around_after: Interval) -> Difference:
    """Difference of two shares from each one's own Wilson interval (Newcombe 1998; Zou and Donner 2008), as `share_difference`.

    For values whose counts are not known to the reader: it takes nothing but what is published. The intervals may carry
    a design effect.
    """
    value = after - before
    widening = _quantile(_implied_size(before, around_before), _implied_size(after, around_after)) / Z_95
    low = value - widening * sqrt((after - around_after.low) ** 2 + (around_before.high - before) ** 2)
    high = value + widening * sqrt((around_after.high - after) ** 2 + (before - around_before.low) ** 2)
    return Difference(value, Interval(low, high).clipped(-1.0, 1.0))


def difference_of_ranges(value: float, before: Interval, after: Interval) -> Difference:
    """Difference of two values of which one at least is only known within bounds: everything that their intervals allow.

    An interval is that of all that the value may be. So a change is claimed only where the two have nothing in common.
    """
    return Difference(value, Interval(after.low - before.high, after.high - before.low).clipped(-1.0, 1.0))


def _implied_size(p: float, interval: Interval) -> float:
    """The effective size of a Wilson interval: each end e that is not 0 or 1 solves |p - e| = z·√(e(1-e)/n)."""
    end = interval.low if p - interval.low > interval.high - p else interval.high
    if end == p:
        raise ValueError("an interval without width does not come from answers of people")
    return Z_95**2 * end * (1 - end) / (p - end) ** 2


def _quantile(size1: float, size2: float) -> float:
    return t_quantile(max(1.0, size1 + size2 - 2))


def mean_difference(before: float, v_before: float, after: float, v_after: float) -> Difference:
    """Difference of two means with known variances."""
    return Difference(after - before, around(after - before, detectable(v_before, v_after)))


def detectable(v1: float, v2: float) -> float:
    """The smallest difference whose 95 % interval excludes zero: z·√(v1 + v2)."""
    return Z_95 * sqrt(v1 + v2)


def detectable_with_power(v1: float, v2: float) -> float:
    """The true change that would be found four times out of five."""
    return (Z_95 + Z_POWER_80) * sqrt(v1 + v2)


def pooled_test(x1: float, n1: float, x2: float, n2: float) -> tuple[float, float]:
    """z and two-sided p of equal shares, from the pooled share; for flagging over many schools. (0, 1) if nothing varies."""
    pooled = (x1 + x2) / (n1 + n2)
    spread = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    if spread == 0:
        return 0.0, 1.0
    z = (x2 / n2 - x1 / n1) / sqrt(spread)
    return z, 2 * float(ndtr(-abs(z)))
