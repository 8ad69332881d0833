"""What a benchmark found: a ratio of pairs, or a number with a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol


class Figure(Protocol):
    """A row of the table of benchmarks."""

    @property
    def enough(self) -> bool:
        """Whether it is within its limit."""

    def line(self) -> str:
        """The row."""


@dataclass(frozen=True)
class Ratio:
    """Ours against theirs, in the unit given, measured in pairs; `wanted` is the smallest ratio that will do,
    or the largest where less is better."""

    name: str
    ours: Sequence[float]
    theirs: Sequence[float]
    wanted: float
    unit: str
    less_is_better: bool = False

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios: both of a pair met the same machine."""
        return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def enough(self) -> bool:
        return self.ratio <= self.wanted if self.less_is_better else self.ratio >= self.wanted

    def line(self) -> str:
        """The row."""
        wanted = f"at {'most' if self.less_is_better else 'least'} {self.wanted:g}"
        return (
            f"| {self.name} | {median(self.ours):,.5g} {self.unit} | {median(self.theirs):,.5g} {self.unit} |"
            f" {self.ratio:.2f} | {wanted} | {_answer_yes_or_no(self.enough)} |"
        )


@dataclass(frozen=True)
class Size:
    """A number by itself; `most` is the largest that will do, None where it is told for the record only."""

    name: str
    value: float
    unit: str
    most: float | None = None

    @property
    def enough(self) -> bool:
        return self.most is None or self.value <= self.most

    def line(self) -> str:
        """The row."""
        wanted = "" if self.most is None else f"at most {self.most:,g}"
        return (
            f"| {self.name} | | | {self.value:,.0f} {self.unit} | {wanted} |"
            f" {'' if self.most is None else _answer_yes_or_no(self.enough)} |"
        )


def _answer_yes_or_no(enough: bool) -> str:
    return "yes" if enough else "NO"
