"""What is planted in the demonstration, each with a test of its own.

Belongs here: the list. The network reads it, the tests read it, the docs print it.
"""

from __future__ import annotations

from dataclasses import dataclass

SJOSIDEN = "998870011"
SILENT = "998870038"
SMALL = "998870046"
BREAK = "998870054"
LATE = "998870062"
REJECTED = "998870070"
MERGED = "998870089"
RENUMBERED = "998870097"
TWO_INSTITUTIONS = "998870100"
CORRECTED = "998870119"
AWAITING = "998870127"
FOLLOWED_UP = "998870135"
POOLED = (BREAK, MERGED, CORRECTED)
"""Three schools of one municipality and one university."""

POOLED_YEAR = "2020/21"


@dataclass(frozen=True)
class Plant:
    """One plant: where it is and what it shows."""

    name: str
    school_id: str
    shows: str


PLANTS = (
    Plant(
        "too_small_to_show", SMALL, "Fewer than five logs a round, so that log participation is protected."
    ),
    Plant("series_break", BREAK, "A new log form from 2022/23; the series is not joined over it."),
    Plant("late_file", LATE, "The logs of 2021/22 are announced as delayed and come after everything else."),
    Plant(
        "amended_agreement",
        LATE,
        "Its agreement is changed from August 2021, on a decision of its development group.",
    ),
    Plant("rejected_file", REJECTED, "A log file with a column that does not belong there is refused whole."),
    Plant("merged_team", MERGED, "Team T5 merges into T4 in August 2022; one team from then on."),
    Plant("municipality_changes_number", RENUMBERED, "Sandefjord is 3804 until 2024 and 3907 after."),
    Plant(
        "two_institutions", TWO_INSTITUTIONS, "One partnership with two universities; the school counts once."
    ),
    Plant(
        "open_answers",
        TWO_INSTITUTIONS,
        "The first log round of the newest year comes as a form's own export, with what people wrote in their"
        " own words.",
    ),
    Plant(
        "silent_second_school",
        SILENT,
        "Invited beside Sjøsiden, never delivered anything; still on the list.",
    ),
    Plant("corrected_file", CORRECTED, "The team loops of loop 2 come again, corrected, two loops later."),
    Plant(
        "awaiting_school",
        AWAITING,
        "Its leadership has not looked through the newest year; nobody else sees that year yet.",
    ),
    Plant(
        "pool_of_small_rounds",
        MERGED,
        "Four logs a round at three schools of Bodø and one university in 2020/21: told together, never"
        " alone.",
    ),
    Plant(
        "followed_up_after_the_end",
        FOLLOWED_UP,
        "Its agreement ran out in 2022; three years of loops of its own are followed up.",
    ),
)
