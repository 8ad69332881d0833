-- grain: one row per school, partnership, loop or year, indicator A1–A6 and slice; a null numerator means that it was not observed
with completed_loop as (
    select
        *, lead(actual_start) over (partition by school_id, partnership_id order by actual_start) as next_loop_start
    from {{ rows_of('int_loop') }} as loop
    where is_completed
),
year as (
    select * from {{ rows_of('int_school_year') }} as school_year
),
-- A1: what was done in each partnership year against the plan in force at its end
agreement_year as (
    select
        plan.school_id, plan.partnership_id, plan.partnership_year_no, plan.planned_loops::numeric as planned_n,
        count(loop.loop_no)::numeric as completed_n
    from {{ rows_of('int_agreement_year') }} as plan
    left join completed_loop as loop using (school_id, partnership_id, partnership_year_no)
    group by 1, 2, 3, 4
),
kept_plan as (
    select school_id, partnership_id, partnership_year_no, 'A1' as indicator_id, '{}'::jsonb as slice,
        case when planned_n is not null then completed_n end as numerator, planned_n as denominator, case when planned_n is null then 'not_applicable' end as absence
    from agreement_year
    union all
    select school_id, partnership_id, partnership_year_no, 'A1', '{"reading": "cumulative"}',
        case when bool_and(planned_n is not null) over to_date then sum(completed_n) over to_date end, sum(planned_n) over to_date,
        case when not bool_and(planned_n is not null) over to_date then 'not_applicable' end
    from agreement_year
    window to_date as (partition by school_id, partnership_id order by partnership_year_no)
),
-- A2: each commitment is assessed by the party itself and by the others; neither reading is averaged away
review as (
    select
        version.school_id, version.partnership_id, commitment.party, commitment.commitment_type, review.school_year, review.assessed_on, review.result,
        case when review.assessed_by = commitment.party then 'own' else 'other' end as assessed_by
    from {{ rows_of('stg_commitment_review') }} as review
    inner join {{ rows_of('stg_agreement_commitment') }} as commitment using (school_id, partnership_id, agreement_id, version_no, commitment_no)
    inner join {{ rows_of('stg_agreement_version') }} as version using (school_id, partnership_id, agreement_id, version_no)
),
both_assessed as (
    select school_id, partnership_id, party, school_year, count(distinct assessed_by) = 2 as by_both
    from review
    group by 1, 2, 3, 4
),
kept as (
    select
        review.school_id, review.partnership_id, review.school_year, review.party, review.assessed_by, both_assessed.by_both,
        count(*) filter (where result = 'kept') as kept_n,
        count(*) filter (where result in ('kept', 'partly', 'not_kept')) as assessed_n,
        count(*) filter (where result = 'not_assessed') as not_assessed_n,
        count(*) filter (where result = 'changed_by_agreement') as changed_n
    from review
    inner join both_assessed using (school_id, partnership_id, party, school_year)
    group by 1, 2, 3, 4, 5, 6
),
commitment_value as (
    -- one side's view alone is not shown as the partnership's
    select school_id, partnership_id, school_year, null as budget_year, jsonb_build_object('party', party, 'assessed_by', assessed_by) as slice,
        case when by_both and assessed_n > 0 then kept_n end as numerator, nullif(assessed_n, 0) as denominator,
        case when not by_both then 'insufficient' when assessed_n = 0 then 'not_applicable' end as absence
    from kept
    union all
    select school_id, partnership_id, school_year, null, jsonb_build_object('party', party, 'assessed_by', assessed_by, 'result', 'not_assessed'), not_assessed_n, null, null
    from kept
    union all
    select school_id, partnership_id, school_year, null, jsonb_build_object('party', party, 'assessed_by', assessed_by, 'result', 'changed_by_agreement'), changed_n, null, null
    from kept
    union all
    -- money follows the budget year, which is the calendar year of the assessment
    select school_id, partnership_id, null, extract(year from assessed_on)::int::text, jsonb_build_object('party', party, 'assessed_by', assessed_by, 'commitment_type', 'funding'),
        count(*) filter (where result = 'kept'), count(*), null
    from review
    where commitment_type = 'funding' and assessed_on is not null and result in ('kept', 'partly', 'not_kept')
    group by school_id, partnership_id, extract(year from assessed_on), party, assessed_by
),
-- A3: amendments belong to the school year in which they took effect
amendment as (
    select
        version.school_id, version.partnership_id, dated.school_year, year.partnership_year_no,
        count(*) as amendments_n,
        count(*) filter (where version.change_basis_ref is not null) as grounded_n
    from {{ rows_of('stg_agreement_version') }} as version
    inner join {{ rows_of('int_dated_row') }} as dated using (school_id, partnership_id, file_id, row_number)
    left join year using (school_id, partnership_id, school_year)
    where version.version_no > 1 and dated.file_type = 'agreement_versions'
    group by 1, 2, 3, 4
),
-- a year of an agreement that nobody amended has no share, which is something else than not knowing
amendment_of_year as (
    select
        coalesce(amendment.school_id, year.school_id) as school_id, coalesce(amendment.partnership_id, year.partnership_id) as partnership_id,
        coalesce(amendment.school_year, year.school_year) as school_year, coalesce(amendment.partnership_year_no, year.partnership_year_no) as partnership_year_no,
        amendment.grounded_n, amendment.amendments_n,
        case when amendment.school_id is null and agreement.school_id is not null then 'not_applicable' end as absence
    from year
    full outer join amendment
        on year.school_id = amendment.school_id and year.partnership_id = amendment.partnership_id and year.school_year = amendment.school_year
    left join (select distinct school_id, partnership_id from {{ rows_of('stg_agreement_version') }} as version) as agreement
        on year.school_id = agreement.school_id and year.partnership_id = agreement.partnership_id
),
-- A4: where teacher educators took part
team_loop as (
    select
        school_id, partnership_id, loop_no,
        count(*) as team_loops_n,
        count(*) filter (where 'yes' in (te_in_planning, te_in_evaluation)) as in_team_n,
        count(*) filter (where 'yes' not in (te_in_planning, te_in_evaluation) and 'offered_not_used' in (te_in_planning, te_in_evaluation)) as offered_n,
        count(*) filter (where te_in_planning = 'absent_by_design' and te_in_evaluation = 'absent_by_design') as by_design_n,
        count(*) filter (
            where 'yes' not in (te_in_planning, te_in_evaluation) and 'offered_not_used' not in (te_in_planning, te_in_evaluation)
                and not (te_in_planning = 'absent_by_design' and te_in_evaluation = 'absent_by_design')
        ) as absent_n,
        count(*) filter (where te_in_research_lesson = 'yes') as in_lesson_n
    from {{ rows_of('stg_team_loop') }} as delivered
    group by 1, 2, 3
),
presentation as (
    select item.school_id, item.partnership_id, item.loop_no, meeting.meeting_date, meeting.arena
    from {{ rows_of('stg_mirror_item') }} as item
    inner join {{ rows_of('stg_mirror_presentation') }} as presented using (school_id, partnership_id, mirror_id)
    inner join {{ rows_of('int_meeting') }} as meeting using (school_id, partnership_id, meeting_id)
),
-- meetings with the activity mirror data count where no presentations are delivered
mirror_shown as (
    select school_id, partnership_id, loop_no, meeting_date, arena from presentation
    union all
    select meeting.school_id, meeting.partnership_id, meeting.loop_no, meeting.meeting_date, meeting.arena
    from {{ rows_of('int_meeting') }} as meeting
    where meeting.has_mirror_data
        and not exists (
            select 1 from presentation
            where presentation.school_id = meeting.school_id and presentation.partnership_id = meeting.partnership_id and presentation.loop_no = meeting.loop_no
        )
),
partnership_end as (
    select partnership_id, ended_on from {{ ref('stg_register_partnership') }}
),
loop_meeting as (
    select
        loop.school_id, loop.partnership_id, loop.loop_no,
        bool_or(meeting.arena = 'full_staff' and meeting.te_mode in ('led', 'took_part')) as te_in_full_staff,
        count(*) filter (where meeting.arena = 'full_staff') as full_staff_n,
        count(*) filter (where meeting.arena = 'full_staff' and meeting.te_mode = 'led') as te_led_n,
        count(*) filter (where meeting.arena = 'full_staff' and meeting.te_mode = 'took_part') as te_took_part_n,
        count(*) filter (where meeting.arena = 'full_staff' and meeting.te_mode = 'absent_by_design') as te_by_design_n,
        count(*) filter (where meeting.arena = 'full_staff' and meeting.te_mode = 'absent') as te_absent_n,
        bool_or(meeting.loop_relation = 'after' and meeting.arena in ('development_group', 'leadership') and meeting.te_mode in ('led', 'took_part')) as te_after_loop
    from completed_loop as loop
    inner join {{ rows_of('int_meeting') }} as meeting using (school_id, partnership_id, loop_no)
    group by 1, 2, 3
),
-- A5: shown after the loop began and before the next one; after the last loop, within sixty days of the partnership's end
mirror as (
    select
        loop.school_id, loop.partnership_id, loop.loop_no,
        bool_or(shown.meeting_date < coalesce(loop.next_loop_start, partnership_end.ended_on + 60, 'infinity'::date)) as was_returned,
        min(shown.meeting_date - loop.actual_end) as days
    from completed_loop as loop
    inner join mirror_shown as shown
        on loop.school_id = shown.school_id and loop.partnership_id = shown.partnership_id and loop.loop_no = shown.loop_no
        and shown.meeting_date >= loop.actual_start
    left join partnership_end on loop.partnership_id = partnership_end.partnership_id
    group by 1, 2, 3
),
-- what was coded of a loop was recorded
data_round as (
    select school_id, partnership_id, loop_no from {{ rows_of('int_log_round') }} as log_round
    union
    select school_id, partnership_id, loop_no from {{ rows_of('stg_coded_count') }} as coded where loop_no is not null
),
-- days from the loop's end to the first time that it was shown in each arena
mirror_in_arena as (
    select loop.school_id, loop.partnership_id, loop.loop_no, shown.arena, greatest(min(shown.meeting_date - loop.actual_end), 0) as days
    from completed_loop as loop
    inner join mirror_shown as shown
        on loop.school_id = shown.school_id and loop.partnership_id = shown.partnership_id and loop.loop_no = shown.loop_no
        and shown.meeting_date >= loop.actual_start
    group by 1, 2, 3, 4
),
loop_value as (
    select school_id, partnership_id, loop_no, 'A4' as indicator_id, '{"arena": "team", "grain": "loop"}'::jsonb as slice, (in_team_n > 0)::int::numeric as numerator, 1::numeric as denominator,
        'sum' as aggregation, null as absence
    from completed_loop left join team_loop using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "team", "grain": "team_loop"}', in_team_n, team_loops_n, 'sum', null
    from completed_loop left join team_loop using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', jsonb_build_object('arena', 'team', 'grain', 'team_loop', 'mode', mode.mode), mode.team_loops, team_loops_n, 'sum', null
    from completed_loop
    left join team_loop using (school_id, partnership_id, loop_no)
    cross join lateral (values ('offered_not_used', offered_n), ('absent_by_design', by_design_n), ('absent', absent_n)) as mode (mode, team_loops)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "research_lesson", "grain": "loop"}', (in_lesson_n > 0)::int, 1, 'sum', null
    from completed_loop left join team_loop using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "research_lesson", "grain": "team_loop"}', in_lesson_n, team_loops_n, 'sum', null
    from completed_loop left join team_loop using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "full_staff", "grain": "loop"}', te_in_full_staff::int, 1, 'sum', null
    from completed_loop left join loop_meeting using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', jsonb_build_object('arena', 'full_staff', 'grain', 'meeting', 'mode', mode.mode), mode.meetings_n, full_staff_n, 'sum', null
    from completed_loop
    left join loop_meeting using (school_id, partnership_id, loop_no)
    cross join lateral (values ('led', te_led_n), ('took_part', te_took_part_n), ('absent_by_design', te_by_design_n), ('absent', te_absent_n)) as mode (mode, meetings_n)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "post_loop_meeting", "grain": "loop"}', te_after_loop::int, 1, 'sum', null
    from completed_loop left join loop_meeting using (school_id, partnership_id, loop_no)
    union all
    -- loops without a data round leave the denominator: there was nothing to return
    select school_id, partnership_id, loop_no, 'A5', '{}',
        case when data_round.loop_no is not null and loop_meeting.loop_no is not null then coalesce(was_returned, false)::int end, 1, 'sum', null
    from completed_loop
    left join data_round using (school_id, partnership_id, loop_no)
    left join loop_meeting using (school_id, partnership_id, loop_no)
    left join mirror using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A5', '{"measure": "median_days"}', case when days < 0 then 0 else days end, null, 'median', null
    from completed_loop left join mirror using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A5', jsonb_build_object('measure', 'median_days', 'arena', arena), days, null, 'median', null
    from mirror_in_arena
),
-- A6: what the agreement promises and the year's record says was provided
provision as (
    select
        year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, year.is_delivered,
        count(*) filter (where answer.provided = 'yes') as yes_n,
        count(*) filter (where answer.provided = 'partly') as partly_n,
        count(*) filter (where answer.provided in ('yes', 'partly', 'no')) as agreed_n
    from year
    cross join lateral (values (year.team_time_provided), (year.dev_group_time_provided), (year.substitute_cover_provided)) as answer (provided)
    group by 1, 2, 3, 4, 5
),
year_value as (
    select school_id, partnership_id, school_year, partnership_year_no, 'A6' as indicator_id, '{}'::jsonb as slice,
        case when agreed_n > 0 then yes_n end as numerator, nullif(agreed_n, 0) as denominator, case when is_delivered and agreed_n = 0 then 'not_applicable' end as absence
    from provision
    union all
    select school_id, partnership_id, school_year, partnership_year_no, 'A6', '{"measure": "partly"}',
        case when agreed_n > 0 then partly_n end, nullif(agreed_n, 0), case when is_delivered and agreed_n = 0 then 'not_applicable' end
    from provision
    union all
    select school_id, partnership_id, school_year, partnership_year_no, 'A3', '{}', grounded_n, amendments_n, absence from amendment_of_year
),
part as (
    select
        value.school_id, value.partnership_id, loop.loop_no, loop.school_year, loop.partnership_year_no, null::text as budget_year, value.indicator_id, value.slice,
        value.numerator, value.denominator, null::integer as n_respondents, value.absence, value.aggregation, null::text as comparison_family, null::text as only_clock
    from loop_value as value
    inner join completed_loop as loop using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, null, null, partnership_year_no, null, indicator_id, slice, numerator, denominator, null, absence, 'sum', null,
        -- a cumulative reading is summed already
        case when slice ->> 'reading' = 'cumulative' then 'partnership_year' end
    from kept_plan
    union all
    select school_id, partnership_id, null, school_year, partnership_year_no, null, indicator_id, slice, numerator, denominator, null, absence, 'sum', null, null from year_value
    union all
    select
        value.school_id, value.partnership_id, null, value.school_year, year.partnership_year_no, value.budget_year, 'A2', value.slice,
        value.numerator, value.denominator, null, value.absence, 'sum', null, case when value.budget_year is not null then 'budget_year' end
    from commitment_value as value
    left join year using (school_id, partnership_id, school_year)
)
select
    part.*,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
