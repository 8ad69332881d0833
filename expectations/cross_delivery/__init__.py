"""Rules that need other deliveries: declared as small objects, said in words, proved in SQL.

Belongs here: one `Across` per rule. `broken` selects school_id, file_id, row_number and value of the
landed rows that break it; `{rows}` stands for the rows that are judged, and a landed table's name in braces
for its
rows that count now. What is unusual is measured against the school's own past alone, never against other
schools.
Does not belong here: running them (`run.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from innenfra.contracts.logs import NO_ANSWER
from innenfra.contracts.rules import Severity
from innenfra.contracts.words import Words
from innenfra.findings import Owner


@dataclass(frozen=True)
class Across:
    """A rule over several deliveries. An error holds the row back; a warning only tells.

    What it waits for may come later: each run judges all rows that count of the schools that deliver, and
    what
    holds by then is settled.
    """

    code: str
    file_type: str
    column: str
    severity: Severity
    owner: Owner
    says: Words
    broken: str


TIMES_THE_USUAL = 3
"""A delivery is unusual in size where it has more than this many times the school's median, or less than one
in as many."""

PERIODS_BEFORE = 3
"""Earlier periods that a school must have delivered before anything of its is called unusual."""

DAYS_LATER = 60
"""A delivery is late against the school's own past where it comes this many days after the latest it has
been."""


TIMES_THE_PLAN = 3
"""Minutes used are beyond belief above this many times what was set aside."""

MOST_MINUTES = 1_500
"""Minutes used by a team for one activity of a loop are beyond belief above this."""


def _unusual_volume(file_type: str, column: str) -> Across:
    """The first row of a period whose number of rows is far from the school's own median."""
    return Across(
        f"unusual_volume_{file_type}", file_type, column, "warning", "school",
        Words(
            nb=f"omtrent så mange rader som skolen pleier å levere (mellom en {TIMES_THE_USUAL}-del og {TIMES_THE_USUAL} ganger så mange); kontroller at alt er med og at ingenting er doblet",
            nn=f"om lag så mange rader som skulen pleier å levere (mellom ein {TIMES_THE_USUAL}-del og {TIMES_THE_USUAL} gonger så mange); kontroller at alt er med og at ingenting er dobla",
            en=f"about as many rows as the school usually delivers (between 1/{TIMES_THE_USUAL} and {TIMES_THE_USUAL} times as many); check that nothing is missing or doubled",
        ),
        f"""
        with latest as (
            select school_id, partnership_id, period, file_id, rows_landed
            from quality.current_delivery where file_type = '{file_type}' and rows_landed > 0
        ),
        of_the_run as (
            select now.school_id, now.period, now.file_id, now.rows_landed, (
                select percentile_cont(0.5) within group (order by before.rows_landed) from latest as before
                where before.school_id = now.school_id and before.partnership_id = now.partnership_id
                    and (length(before.period), before.period) < (length(now.period), now.period)
                having count(*) >= {PERIODS_BEFORE}
            ) as usual
            from latest as now where now.file_id in (select file_id from {{rows}} as row)
        )
        select row.school_id, row.file_id, min(row.row_number) as row_number, format('%s (%s)', max(of_the_run.rows_landed), max(of_the_run.usual)) as value
        from of_the_run inner join {{rows}} as row using (school_id, file_id, period)
        where of_the_run.rows_landed > {TIMES_THE_USUAL} * of_the_run.usual or of_the_run.rows_landed * {TIMES_THE_USUAL} < of_the_run.usual
        group by row.school_id, row.file_id, row.period
        """,
    )  # fmt: skip


def _later_than_before(file_type: str, column: str) -> Across:
    """The first row of a school year that comes much later after its end than the school's files of earlier
    years did."""
    return Across(
        f"later_than_before_{file_type}", file_type, column, "warning", "school",
        Words(
            nb=f"levert omtrent like raskt som før (høyst {DAYS_LATER} dager senere enn skolens seneste); si fra om noe er til hinder",
            nn=f"levert om lag like raskt som før (høgst {DAYS_LATER} dagar seinare enn det seinaste til skulen); sei frå om noko er til hinder",
            en=f"delivered about as soon as before (at most {DAYS_LATER} days later than the school's latest); say so if something is in the way",
        ),
        f"""
        with delay as (
            select delivery.school_id, delivery.school_year, min(file.received_on - make_date(left(delivery.school_year, 4)::int + 1, 7, 31)) as days,
                min(delivery.file_id) as file_id
            from inbox.delivery as delivery inner join inbox.file as file using (file_id)
            where delivery.file_type = '{file_type}' and delivery.rows_landed > 0 and delivery.school_year is not null
            group by delivery.school_id, delivery.school_year
        ),
        of_the_run as (
            select now.school_id, now.school_year, now.file_id, now.days,
                (select max(before.days) from delay as before
                 where before.school_id = now.school_id and before.school_year < now.school_year and before.file_id < now.file_id
                 having count(*) >= {PERIODS_BEFORE}) as longest
            from delay as now where now.file_id in (select file_id from {{rows}} as row)
        )
        select row.school_id, row.file_id, min(row.row_number) as row_number, format('%s (%s)', max(of_the_run.days), max(of_the_run.longest)) as value
        from of_the_run
        inner join inbox.delivery as delivery using (school_id, file_id, school_year)
        inner join {{rows}} as row on row.school_id = delivery.school_id and row.file_id = delivery.file_id and row.period = delivery.period
        where delivery.file_type = '{file_type}' and of_the_run.days > of_the_run.longest + {DAYS_LATER}
        group by row.school_id, row.file_id
        """,
    )  # fmt: skip


def _beyond_belief(used: str, planned: str) -> Across:
    """Minutes of a team that are far from what was set aside, or more than anybody has."""
    return Across(
        f"beyond_belief_{used}", "team_loops", used, "warning", "school",
        Words(
            nb=f"minutter som er til å tro (høyst {TIMES_THE_PLAN} ganger det som var satt av, og høyst {MOST_MINUTES});"
            " kontroller tallet, det telles slik det står",
            nn=f"minutt som er til å tru (høgst {TIMES_THE_PLAN} gonger det som var sett av, og høgst {MOST_MINUTES});"
            " kontroller talet, det vert talt slik det står",
            en=f"minutes that can be believed (at most {TIMES_THE_PLAN} times what was set aside, and at most {MOST_MINUTES});"
            " check the number, it is counted as it stands",
        ),
        f"""
        select row.school_id, row.file_id, row.row_number, row.{used}::text as value
        from {{rows}} as row
        where row.{used} > {MOST_MINUTES}
            or exists (
                select 1 from {{loop}} as loop
                where loop.school_id = row.school_id and loop.partnership_id = row.partnership_id and loop.loop_no = row.loop_no
                    and loop.{planned} > 0 and row.{used} > {TIMES_THE_PLAN} * loop.{planned}
            )
        """,
    )  # fmt: skip


def _of_partnership(table: str, file_type: str) -> str:
    """Rows that count of a table that does not name the partnership, each with the one that its delivery
    names."""
    return f"""
        select landed_row.*, delivery.partnership_id as of_partnership
        from landed.{table} as landed_row
        inner join quality.current_delivery as delivery using (school_id, file_id, period)
        where delivery.file_type = '{file_type}'
        """


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
        from {rows} as row
        where exists (select 1 from {team} as team where team.school_id = row.school_id)
            and exists (
                select 1 from {loop} as loop
                where loop.school_id = row.school_id and loop.partnership_id = row.partnership_id and loop.loop_no = row.loop_no
            )
            and not exists (
                select 1 from {loop} as loop
                inner join {team} as team using (school_id)
                where loop.school_id = row.school_id and loop.partnership_id = row.partnership_id and loop.loop_no = row.loop_no
                    and team.team_id = row.team_id and loop.planned_start >= team.valid_from
                    and (team.valid_to is null or loop.planned_start <= team.valid_to)
            )
        """,
    ),
    Across(
        "loop_not_delivered", "team_loops", "loop_no", "warning", "school",
        Words(nb="en sløyfe som er levert", nn="ei sløyfe som er levert", en="a loop that is delivered"),
        """
        select row.school_id, row.file_id, row.row_number, row.loop_no::text as value
        from {rows} as row
        where not exists (
                select 1 from {loop} as loop
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
        from {rows} as row
        where row.actual_start is not null
            and not exists (
                select 1 from {agreement_version} as version
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
        from {rows} as row
        where not exists (select 1 from {meeting} as meeting where meeting.school_id = row.school_id and meeting.meeting_id = row.meeting_id)
        """,
    ),
    Across(
        "more_teams_than_active", "meetings", "teams_represented_n", "warning", "school",
        Words(nb="høyst tallet på aktive team", nn="høgst talet på aktive team", en="at most the number of active teams"),
        """
        select row.school_id, row.file_id, row.row_number, row.teams_represented_n::text as value
        from {rows} as row
        where exists (select 1 from {team} as team where team.school_id = row.school_id)
            and row.teams_represented_n > (
                select count(distinct team.team_id) from {team} as team
                where team.school_id = row.school_id and row.meeting_date >= team.valid_from and (team.valid_to is null or row.meeting_date <= team.valid_to)
            )
        """,
    ),
    Across(
        "log_of_no_loop", "log_counts", "loop_no", "warning", "school",
        Words(nb="en sløyfe som er levert", nn="ei sløyfe som er levert", en="a loop that is delivered"),
        """
        select row.school_id, row.file_id, min(row.row_number) as row_number, row.loop_no::text as value
        from {rows} as row
        where exists (select 1 from {loop} as loop where loop.school_id = row.school_id)
            and not exists (
                select 1 from {loop} as loop
                where loop.school_id = row.school_id and loop.partnership_id = row.partnership_id and loop.loop_no = row.loop_no
            )
        group by row.school_id, row.file_id, row.partnership_id, row.loop_no
        """,
    ),
    Across(
        "log_round_differs", "log_counts", "submitted_n", "warning", "school",
        Words(
            nb="det samme antallet innleverte som i arket over loggrunder",
            nn="det same talet på innleverte som i arket over loggrundar",
            en="the same number submitted as in the sheet of log rounds",
        ),
        """
        select row.school_id, row.file_id, min(row.row_number) as row_number, row.submitted_n::text as value
        from {rows} as row
        inner join {log_round} as round using (school_id, partnership_id, loop_no, round_no)
        where round.submitted_n <> row.submitted_n
        group by row.school_id, row.file_id, row.partnership_id, row.loop_no, row.round_no, row.submitted_n
        """,
    ),
    Across(
        "phase_of_no_team_loop", "team_loop_phases", "team_id", "error", "school",
        Words(nb="et team som har levert denne sløyfa", nn="eit team som har levert denne sløyfa", en="a team that has delivered this loop"),
        """
        select row.school_id, row.file_id, row.row_number, row.team_id as value
        from {rows} as row
        where not exists (
                select 1 from {team_loop} as team_loop
                where team_loop.school_id = row.school_id and team_loop.partnership_id = row.partnership_id
                    and team_loop.loop_no = row.loop_no and team_loop.team_id = row.team_id
            )
        """,
    ),
    Across(
        "mirror_not_delivered", "mirror_presentations", "mirror_id", "error", "school",
        Words(nb="speildata som er levert", nn="spegeldata som er leverte", en="mirror data that are delivered"),
        """
        select row.school_id, row.file_id, row.row_number, row.mirror_id as value
        from {rows} as row
        where not exists (select 1 from {mirror_item} as mirror_item where mirror_item.school_id = row.school_id and mirror_item.mirror_id = row.mirror_id)
        """,
    ),
    Across(
        "presented_at_no_meeting", "mirror_presentations", "meeting_id", "error", "school",
        Words(nb="et møte som er levert", nn="eit møte som er levert", en="a meeting that is delivered"),
        """
        select row.school_id, row.file_id, row.row_number, row.meeting_id as value
        from {rows} as row
        where not exists (select 1 from {meeting} as meeting where meeting.school_id = row.school_id and meeting.meeting_id = row.meeting_id)
        """,
    ),
    Across(
        "code_of_no_codebook", "coded_counts", "code", "error", "university",
        Words(nb="en kode i en kodebok som er levert", nn="ein kode i ei kodebok som er levert", en="a code of a codebook that is delivered"),
        """
        select row.school_id, row.file_id, row.row_number, row.code as value
        from {rows} as row
        where not exists (
                select 1 from {codebook} as codebook
                where codebook.school_id = row.school_id and codebook.codebook_version_id = row.codebook_version_id and codebook.code = row.code
            )
        """,
    ),
    Across(
        "phase_of_no_template", "team_loop_phases", "phase_no", "error", "school",
        Words(
            nb="en fase i den malversjonen som sløyfa brukte", nn="ein fase i den malversjonen som sløyfa brukte",
            en="a phase of the template version that the loop used",
        ),
        """
        select row.school_id, row.file_id, row.row_number, row.phase_no::text as value
        from {rows} as row
        inner join lateral (
            select loop.template_status, loop.template_version_id from {loop} as loop
            where loop.school_id = row.school_id and loop.partnership_id = row.partnership_id and loop.loop_no = row.loop_no
            order by loop.file_id desc limit 1
        ) as loop on true
        where loop.template_status not in ('in_use', 'own_template')
            or loop.template_version_id is distinct from row.template_version_id
            -- a template of the school's own has phases where it was delivered as a version
            or (
                loop.template_status = 'own_template'
                and not exists (
                    select 1 from {template_version} as known
                    where known.school_id = row.school_id and known.template_version_id = row.template_version_id
                )
            )
            or (
                exists (
                    select 1 from {template_version} as known
                    where known.school_id = row.school_id and known.template_version_id = row.template_version_id
                )
                and not exists (
                    select 1 from {template_version} as known
                    where known.school_id = row.school_id and known.template_version_id = row.template_version_id and known.phase_no = row.phase_no
                )
            )
        """,
    ),
    Across(
        "loop_before_is_missing", "loops", "loop_no", "warning", "school",
        Words(
            nb="sløyfer som følger på hverandre fra 1, uten hull", nn="sløyfer som følgjer på kvarandre frå 1, utan hol",
            en="loops that follow each other from 1, without a gap",
        ),
        """
        select row.school_id, row.file_id, row.row_number, row.loop_no::text as value
        from {rows} as row
        where row.loop_no > 1
            and not exists (
                select 1 from {loop} as before
                where before.school_id = row.school_id and before.partnership_id = row.partnership_id and before.loop_no = row.loop_no - 1
            )
        """,
    ),
    Across(
        "school_year_of_other_calendar", "loops", "school_year", "warning", "school",
        Words(
            nb="det skoleåret som sløyfa startet i etter skolens egen kalender; det er det som teller",
            nn="det skuleåret som sløyfa starta i etter skulen sin eigen kalender; det er det som tel",
            en="the school year in which the loop started by the school's own calendar; that is the one that counts",
        ),
        """
        select row.school_id, row.file_id, row.row_number, row.school_year as value
        from {rows} as row
        where row.actual_start is not null
            and exists (
                select 1 from {school_year} as year
                where year.school_id = row.school_id and row.actual_start between year.year_start and year.year_end
            )
            and not exists (
                select 1 from {school_year} as year
                where year.school_id = row.school_id and year.school_year = row.school_year and row.actual_start between year.year_start and year.year_end
            )
        """,
    ),
    Across(
        "presented_before_the_loop", "mirror_presentations", "meeting_id", "warning", "school",
        Words(
            nb="et møte etter at sløyfa som speildataene er fra, startet", nn="eit møte etter at sløyfa som spegeldataa er frå, starta",
            en="a meeting after the start of the loop that the mirror data are from",
        ),
        """
        select row.school_id, row.file_id, row.row_number, row.meeting_id as value
        from {rows} as row
        where exists (
                select 1 from {mirror_item} as item
                inner join {loop} as loop using (school_id, partnership_id, loop_no)
                inner join {meeting} as meeting using (school_id)
                where item.school_id = row.school_id and item.mirror_id = row.mirror_id and meeting.meeting_id = row.meeting_id
                    and meeting.meeting_date < coalesce(loop.actual_start, loop.planned_start)
            )
        """,
    ),
    Across(
        "item_of_no_form", "log_counts", "item_id", "error", "school",
        Words(
            nb="et spørsmål i den skjemaversjonen som er levert", nn="eit spørsmål i den skjemaversjonen som er levert",
            en="an item of the form version that is delivered",
        ),
        """
        select row.school_id, row.file_id, row.row_number, row.item_id as value
        from {rows} as row
        where exists (
                select 1 from {log_instrument} as form
                where form.school_id = row.school_id and form.log_instrument_version_id = row.log_instrument_version_id
            )
            and not exists (
                select 1 from {log_instrument} as form
                where form.school_id = row.school_id and form.log_instrument_version_id = row.log_instrument_version_id and form.item_id = row.item_id
            )
        """,
    ),
    Across(
        "answer_of_no_scale", "log_counts", "answer_code", "warning", "school",
        Words(
            nb="et svar som spørsmålet har i skjemaversjonen", nn="eit svar som spørsmålet har i skjemaversjonen",
            en="an answer that the item has in the form version",
        ),
        f"""
        select row.school_id, row.file_id, row.row_number, row.answer_code as value
        from {{rows}} as row
        inner join lateral (
            select form.answer_codes from {{log_instrument}} as form
            where form.school_id = row.school_id and form.log_instrument_version_id = row.log_instrument_version_id and form.item_id = row.item_id
            order by form.file_id desc limit 1
        ) as form on true
        where row.answer_code <> '{NO_ANSWER}' and form.answer_codes is not null and not row.answer_code = any (string_to_array(form.answer_codes, ' '))
        """,
    ),
    Across(
        "amendment_rests_on_nothing", "agreement_versions", "change_basis_ref", "warning", "university",
        Words(
            nb="en beslutning, eller et møte der avtalen ble evaluert, som er levert og datert senest den dagen endringen begynte å gjelde",
            nn="ei avgjerd, eller eit møte der avtalen vart evaluert, som er levert og datert seinast den dagen endringa tok til å gjelde",
            en="a decision, or a meeting in which the agreement was evaluated, that is delivered and dated on or before the first day of the"
            " amendment",
        ),
        f"""
        with decided as ({_of_partnership("decision", "decisions")}), met as ({_of_partnership("meeting", "meetings")})
        select row.school_id, row.file_id, row.row_number, row.change_basis_ref as value
        from {{rows}} as row
        where row.version_no > 1 and row.change_basis_ref is not null
            and not exists (
                select 1 from decided
                where decided.school_id = row.school_id and decided.of_partnership in ('', row.partnership_id)
                    and decided.decision_id = row.change_basis_ref and decided.decided_on <= row.valid_from
            )
            and (
                -- a decision of the code goes before a meeting of the code
                exists (
                    select 1 from decided
                    where decided.school_id = row.school_id and decided.of_partnership in ('', row.partnership_id)
                        and decided.decision_id = row.change_basis_ref
                )
                or not exists (
                    select 1 from met
                    where met.school_id = row.school_id and met.of_partnership in ('', row.partnership_id)
                        and met.meeting_id = row.change_basis_ref and met.meeting_date <= row.valid_from
                        and coalesce((
                            select bool_or(done.activity_code = 'agreement_evaluation') from {{meeting_activity}} as done
                            where done.school_id = met.school_id and done.meeting_id = met.meeting_id
                        ), true)
                )
            )
        """,
    ),
    Across(
        "amendment_says_no_basis", "agreement_versions", "change_basis_ref", "warning", "university",
        Words(
            nb="beslutningen eller møtet som endringen bygger på", nn="avgjerda eller møtet som endringa byggjer på",
            en="the decision or meeting that the amendment rests on",
        ),
        """
        select row.school_id, row.file_id, row.row_number, null::text as value
        from {rows} as row
        where row.version_no > 1 and row.change_basis_ref is null
        """,
    ),
    Across(
        "review_of_other_version", "commitment_reviews", "version_no", "warning", "university",
        Words(
            nb="den versjonen av avtalen som gjaldt ved skoleårets slutt; vurderinger av andre versjoner telles ikke",
            nn="den versjonen av avtalen som galdt ved slutten av skuleåret; vurderingar av andre versjonar vert ikkje talde",
            en="the version of the agreement in force at the end of the school year; reviews of other versions are not counted",
        ),
        """
        with year as (
            select row.*, make_date(left(row.school_year, 4)::int, 8, 1) as starts_on, make_date(left(row.school_year, 4)::int + 1, 7, 31) as ends_on
            from {rows} as row
        )
        select year.school_id, year.file_id, year.row_number, year.version_no::text as value
        from year
        where year.version_no <> (
            select version.version_no from {agreement_version} as version
            where version.school_id = year.school_id and version.agreement_id = year.agreement_id
                and version.valid_from <= year.ends_on and coalesce(version.valid_to >= year.starts_on, true)
            order by version.valid_from desc, version.file_id desc limit 1
        )
        """,
    ),
    Across(
        "owner_is_no_party", "commitment_reviews", "assessed_by", "warning", "university",
        Words(
            nb="en part i avtalen; skoleeieren er ikke oppgitt som part, og vurderingen telles ikke",
            nn="ein part i avtalen; skuleeigaren er ikkje oppgjeven som part, og vurderinga vert ikkje talt",
            en="a party to the agreement; the school owner is not said to be one, and the assessment is not counted",
        ),
        """
        select row.school_id, row.file_id, row.row_number, row.assessed_by as value
        from {rows} as row
        where row.assessed_by = 'school_owner'
            and 'yes' is distinct from (
                select version.owner_is_party from {agreement_version} as version
                where version.school_id = row.school_id and version.agreement_id = row.agreement_id and version.version_no = row.version_no
                order by version.file_id desc limit 1
            )
        """,
    ),
    Across(
        "partnership_year_of_other_loops", "school_year", "partnership_year_no", "warning", "school",
        Words(
            nb="det samme prosjektåret som sløyfene i skoleåret har; det er det som teller",
            nn="det same prosjektåret som sløyfene i skuleåret har; det er det som tel",
            en="the partnership year that the loops of the school year have; that is the one that counts",
        ),
        f"""
        with year as ({_of_partnership("school_year", "school_year")}),
        loops as (
            select school_id, partnership_id, school_year, min(partnership_year_no) as partnership_year_no
            from {{loop}} as loop group by school_id, partnership_id, school_year
            having min(partnership_year_no) = max(partnership_year_no)
        )
        select distinct row.school_id, row.file_id, row.row_number, row.partnership_year_no::text as value
        from {{rows}} as row
        inner join year using (school_id, file_id, row_number)
        inner join loops on row.school_id = loops.school_id and row.school_year = loops.school_year
        where row.partnership_year_no <> loops.partnership_year_no and year.of_partnership in ('', loops.partnership_id)
        """,
    ),
    *(_beyond_belief(f"{one}_min", f"plan_{one}_min") for one in ("planning", "research_lesson", "evaluation")),
    *(_unusual_volume(*one) for one in (("team_loops", "loop_no"), ("meetings", "meeting_date"), ("log_counts", "loop_no"))),
    *(_later_than_before(*one) for one in (("school_year", "school_year"), ("meetings", "meeting_date"))),
)  # fmt: skip
