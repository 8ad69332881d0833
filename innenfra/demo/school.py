"""One school of the invented network: who it is, its calendar and its teams.

Belongs here: what the other subjects ask of a school. Does not belong here: what happened there.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from innenfra.demo import plants
from innenfra.demo.writing import Rows

FIRST_YEAR = 2019


@dataclass(frozen=True)
class School:
    """A school of the network. `teams` is its number of teams, `loops` its planned loops a year."""

    school_id: str
    code: str
    name: str
    owner: int
    teams: int
    loops: int
    partnership: str
    institutions: str
    teachers: int

    @property
    def codes_talk(self) -> bool:
        """Two of the three partnerships code talk and support; the third does not collect it."""
        return self.partnership != "PS-02"

    @property
    def loops_until(self) -> int:
        """Number of years with loops."""
        return YEARS_OF_ENDED if self.school_id == plants.FOLLOWED_UP else 99

    def loop_numbers(self, offset: int) -> list[int]:
        """Numbers of the loops of a year."""
        return (
            [offset * self.loops + n for n in range(1, self.loops + 1)] if offset < self.loops_until else []
        )


YEARS_OF_ENDED = 3
"""Years that an agreement that has ended lasted."""


def school_year_of(offset: int) -> str:
    """The school year so many years after the first, as 2019/20."""
    year = FIRST_YEAR + offset
    return f"{year}/{(year + 1) % 100:02d}"


def teams(school: School, offset: int) -> Rows:
    """Teams as known that year."""
    merged = school.school_id == plants.MERGED and offset >= 3
    rows: Rows = []
    for n in range(1, school.teams + 1):
        gone = merged and n == 5
        rows.append(
            {
                "school_id": school.school_id,
                "team_id": f"T{n}",
                "team_label": f"Team {n}",
                "team_kind": "grade",
                "valid_from": dt.date(FIRST_YEAR, 8, 1),
                "valid_to": dt.date(FIRST_YEAR + 3, 7, 31) if gone else None,
                "change_type": "merged_into" if gone else None,
                "related_team_id": "T4" if gone else None,
                "has_dev_group_representative": "yes",
            }
        )
    return rows


def school_year(school: School, offset: int, chance: random.Random) -> dict[str, Any]:
    """The year's record."""
    new = chance.randint(0, 6)
    held = "yes" if chance.random() < 0.8 else "no"
    return {
        "school_id": school.school_id,
        "school_year": school_year_of(offset),
        "year_start": dt.date(FIRST_YEAR + offset, 8, 17),
        "year_end": dt.date(FIRST_YEAR + offset + 1, 6, 20),
        "partnership_year_no": offset + 1,
        "teacher_n": school.teachers,
        "leader_n": 2,
        "new_staff_n": new,
        "onboarding_held": held,
        "onboarding_attended_n": chance.randint(0, new) if held == "yes" else None,
        "onboarding_by": "joint" if held == "yes" else None,
        "in_activity_plan": "yes" if chance.random() < 0.9 else "no",
        "in_meeting_plan": "yes",
        "team_time_provided": "yes",
        "dev_group_time_provided": chance.choice(("yes", "yes", "partly")),
        "substitute_cover_provided": chance.choice(("yes", "partly", "no")),
        "principal_changed": "yes" if chance.random() < 0.1 else "no",
        "post_project_loops_n": chance.randint(0, 2) if offset >= school.loops_until else None,
    }
