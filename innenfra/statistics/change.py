"""From one year to the next: what could be seen, what was seen, and whether it may be called a change.

Belongs here: the difference of two values with its interval, and the claim. Does not belong here: breaks,
statuses and
words (see `apps.sentences`), series of three years and more (see `trend`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

from scipy.special import ndtr

from innenfra.statistics.interval import Z_95, Z_POWER_80, Interval, around, t_quantile


@dataclass(frozen=True)
class Difference:
    """Later less earlier, in the unit of the value, with its 95 % interval."""

    value: float
    interval: Interval

    @property
    def claimed(self) -> bool:
        """A change may be claimed: the interval excludes zero."""
        return self.interval.excludes(0.0)


def interval_difference(
    before: float | Interval, around_before: Interval, after: float | Interval, around_after: Interval
) -> Difference:
    """Difference of two shares from each one's own Wilson interval (Newcombe 1998; Zou and Donner 2008), with
    Student's quantile.

    For values whose counts are not known to the reader: it takes nothing but what is published, and the
    intervals carry
    the design effect. A share of which only the ends are known is given as its ends, around which lie the low
    interval
    of the lower and the high interval of the upper; the difference is then the widest over all that it may
    be, so that
    a claim holds whatever the number is. The quantile has the degrees of freedom of both sizes less two: with
    the
    normal one, up to 6 % of schools without any change would be said to have changed (see the simulation
    test).
    """
    earlier, later = _ends(before), _ends(after)
    widening = _quantile(_implied_size(earlier, around_before), _implied_size(later, around_after)) / Z_95
    low = (
        later.low
        - earlier.high
        - widening * hypot(later.low - around_after.low, around_before.high - earlier.high)
    )
    high = (
        later.high
        - earlier.low
        + widening * hypot(around_after.high - later.high, earlier.low - around_before.low)
    )
    value = (later.low + later.high - earlier.low - earlier.high) / 2
    return Difference(value, Interval(low, high).clipped(-1.0, 1.0))


def _ends(share: float | Interval) -> Interval:
    return share if isinstance(share, Interval) else Interval(share, share)


def _implied_size(share: Interval, interval: Interval) -> float:
    """The effective size of a Wilson interval: each end e that is not 0 or 1 solves |p - e| =
    z·√(e(1-e)/n)."""
    below, above = share.low - interval.low, interval.high - share.high
    p, end = (share.low, interval.low) if below > above else (share.high, interval.high)
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
    """z and two-sided p of equal shares, from the pooled share; for flagging over many schools. (0, 1) if
    nothing varies."""
    pooled = (x1 + x2) / (n1 + n2)
    spread = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    if spread == 0:
        return 0.0, 1.0
    z = (x2 / n2 - x1 / n1) / sqrt(spread)
    return z, 2 * float(ndtr(-abs(z)))
