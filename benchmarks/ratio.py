"""One measured ratio."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Ours against theirs, in the unit given; `wanted` is the smallest ratio that will do."""

    name: str
    ours: float
    theirs: float
    wanted: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def enough(self) -> bool:
        return self.ratio >= self.wanted
