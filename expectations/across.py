"""Rules that need other deliveries: declared as small objects, said in words, proved in SQL.

Belongs here: one `Across` per rule. `broken` selects school_id, file_id, row_number and value of the
landed rows that break it; `{files}` stands for the files of the run.
Does not belong here: running them (`run.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from innenfra.contracts.rules import Severity
from innenfra.contracts.words import Words
from innenfra.findings import Owner


@dataclass(frozen=True)
class Across:
    """A rule over several deliveries. An error holds the row back; a warning only tells."""

    code: str
    file_type: str
    column: str
    severity: Severity
    owner: Owner
    says: Words
    broken: str


ACROSS = (
    Across(
        "team_not_active", "team_loops", "team_id", "error", "school",
        Words(
            nb="et team som er registrert og aktivt ved sløyfas planlagte start",
            nn="eit team som er registrert og aktivt ved den planlagde starten av sløyfa",
            en="a team that is registered and active at the loop's planned start",
        ),
        """
        select row.school_id, row.file_id, row.row_number, row.team_id as value
        from landed.team_loop as row
        inner join landed.loop as loop using (school_id, partnership_id, loop_no)
        where row.file_id = any({files})
            and exists (select 1 from landed.team where team.school_id = row.school_id)
            and not exists (
                select 1 from landed.team
                where team.school_id = row.school_id and team.team_id = row.team_id and loop.planned_start >= team.valid_from
                    and (team.valid_to is null or loop.planned_start <= team.valid_to)
            )
        """,
    ),
    Across(
        "loop_not_delivered", "team_loops", "loop_no", "warning", "school",
        Words(nb="en sløyfe som er levert", nn="ei sløyfe som er levert", en="a loop that is delivered"),
        """
        select row.school_id, row.file_id, row.row_number, row.loop_no::text as value
        from landed.team_loop as row
        where row.file_id = any({files})
            and not exists (
                select 1 from landed.loop
                where loop.school_id = row.school_id and loop.partnership_id = row.partnership_id and loop.loop_no = row.loop_no
            )
        """,
    ),
    Across(
        "outside_agreement", "loops", "actual_start", "warning", "university",
        Words(
            nb="en dato da en avtale er i kraft", nn="ein dato då ein avtale er i kraft", en="a date on which an agreement is in force"
        ),
        """
        select row.school_id, row.file_id, row.row_number, row.actual_start::text as value
        from landed.loop as row
        where row.file_id = any({files}) and row.actual_start is not null
            and not exists (
                select 1 from landed.agreement_version as version
                where version.school_id = row.school_id and version.partnership_id = row.partnership_id and row.actual_start >= version.valid_from
                    and (version.valid_to is null or row.actual_start <= version.valid_to)
            )
        """,
    ),
    Across(
        "meeting_not_delivered", "meeting_activities", "meeting_id", "error", "school",
        Words(nb="et møte som er levert", nn="eit møte som er levert", en="a meeting that is delivered"),
        """
        select row.school_id, row.file_id, row.row_number, row.meeting_id as value
        from landed.meeting_activity as row
        where row.file_id = any({files})
            and not exists (select 1 from landed.meeting where meeting.school_id = row.school_id and meeting.meeting_id = row.meeting_id)
        """,
    ),
    Across(
        "more_teams_than_active", "meetings", "teams_represented_n", "warning", "school",
        Words(nb="høyst tallet på aktive team", nn="høgst talet på aktive team", en="at most the number of active teams"),
        """
        select row.school_id, row.file_id, row.row_number, row.teams_represented_n::text as value
        from landed.meeting as row
        where row.file_id = any({files})
            and exists (select 1 from landed.team where team.school_id = row.school_id)
            and row.teams_represented_n > (
                select count(distinct team.team_id) from landed.team
                where team.school_id = row.school_id and row.meeting_date >= team.valid_from and (team.valid_to is null or row.meeting_date <= team.valid_to)
            )
        """,
    ),
)  # fmt: skip
