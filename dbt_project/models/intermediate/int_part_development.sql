-- grain: one row per school, partnership, loop or school year, indicator U1, U2, U4, U5 and slice; a null
-- numerator means that it was not observed
with
    loop as (select * from {{ rows_of('int_loop') }} as loop),
    held_loop as (
        select *, loop_no = min(loop_no) over (partition by school_id, partnership_id) as is_first
        from loop
        where is_held
    ),
    delivered as (
        select school_id, partnership_id, file_type, period_type, period, completeness
        from {{ rows_of('int_delivered_period') }} as delivered
    ),
    experience as (
        select
            school_id,
            partnership_id,
            loop_no,
            sum(experienced_n) as experienced_n,
            sum(headcount) as headcount
        from {{ rows_of('stg_team_loop') }} as team_loop
        where status = 'completed' and experienced_n is not null
        group by school_id, partnership_id, loop_no
    ),
    -- an origin is known where both parties name the same
    collective_area as (
        select *, case when origin_agreed_by_both = 'yes' then origin else 'unknown' end as known_origin
        from {{ rows_of('stg_development_area') }} as area
        where scope = 'collective'
    ),
    active_area as (
        select area.school_id, area.partnership_id, loop.loop_no, area.area_id, area.known_origin
        from collective_area as area
        inner join
            held_loop as loop
            on area.school_id = loop.school_id
            and area.partnership_id = loop.partnership_id
            and loop.loop_no >= area.first_loop_no
            and (area.last_loop_no is null or loop.loop_no <= area.last_loop_no)
    ),
    -- which held loops had a collective area; none is told only where the list of areas was delivered for
    -- the loop's year
    area_of_loop as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            case
                when active.loop_no is not null or loop.collective_area_ids is not null
                then true
                when listed.completeness = 'complete'
                then false
            end as has_collective_area,
            case
                when
                    listed.completeness = 'not_in_design'
                    and active.loop_no is null
                    and loop.collective_area_ids is null
                then 'not_in_design'
            end as absence,
            coalesce(listed.completeness = 'complete', false) as is_told
        from held_loop as loop
        left join
            (select distinct school_id, partnership_id, loop_no from active_area) as active using (
                school_id, partnership_id, loop_no
            )
        left join
            delivered as listed
            on loop.school_id = listed.school_id
            and loop.partnership_id = listed.partnership_id
            and listed.period_type = 'loop'
            and loop.loop_no::text = listed.period
            and listed.file_type = 'development_areas'
    ),
    -- an area counts once in each period in which one of its loops was held; where all areas are told and
    -- none
    -- was active, a share of them is a share of nothing
    origin_in_clock as (
        select
            loop.school_id,
            loop.partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then loop.school_year end as school_year,
            case
                when clock.period_type = 'partnership_year' then loop.partnership_year_no
            end as partnership_year_no,
            count(distinct active.area_id) filter (where active.known_origin <> 'unknown') as known_n,
            count(distinct active.area_id) filter (where active.known_origin = 'bottom_up') as bottom_up_n,
            case
                when count(active.area_id) > 0
                then null
                when bool_and(told.is_told)
                then 'not_applicable'
                when bool_and(told.absence is not null)
                then 'not_in_design'
            end as absence,
            case when bool_or(loop.year_is_provisional) then 'school_year' end as provisional_on
        from held_loop as loop
        inner join area_of_loop as told using (school_id, partnership_id, loop_no)
        left join active_area as active using (school_id, partnership_id, loop_no)
        cross join (values ('school_year'), ('partnership_year'), ('project')) as clock(period_type)
        where clock.period_type <> 'partnership_year' or loop.partnership_year_no is not null
        group by
            loop.school_id,
            loop.partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then loop.school_year end,
            case when clock.period_type = 'partnership_year' then loop.partnership_year_no end
    ),
    -- a meeting before the first loop belongs to it, whether or not it says so; it counts whether or not
    -- the loop was held
    start_meeting as (
        select
            meeting.school_id,
            meeting.partnership_id,
            coalesce(meeting.loop_no, first_loop.loop_no) as loop_no,
            count(*) as start_n,
            count(*) filter (where meeting.arena = 'full_staff') as full_staff_n
        from {{ rows_of('int_meeting') }} as meeting
        left join
            (
                select school_id, partnership_id, min(loop_no) as loop_no
                from loop
                group by school_id, partnership_id
            ) as first_loop
            on meeting.school_id = first_loop.school_id
            and meeting.partnership_id = first_loop.partnership_id
            and meeting.loop_relation = 'before_first_loop'
        where meeting.loop_relation in ('before', 'before_first_loop')
        group by meeting.school_id, meeting.partnership_id, coalesce(meeting.loop_no, first_loop.loop_no)
    ),
    -- loops whose meetings were delivered: one of them, or the word that there are no more
    with_meetings as (
        select distinct school_id, partnership_id, loop_no
        from {{ rows_of('int_meeting') }} as meeting
        where loop_no is not null
        union
        select school_id, partnership_id, period::integer
        from delivered
        where period_type = 'loop' and file_type = 'meetings' and completeness = 'complete'
    ),
    -- where no development group was agreed, it may be the whole staff, and the question has no meaning
    without_group as (
        select loop.school_id, loop.partnership_id, loop.loop_no
        from loop
        inner join
            {{ rows_of('stg_agreement_version') }} as version
            on loop.school_id = version.school_id
            and loop.partnership_id = version.partnership_id
            and coalesce(loop.actual_start, loop.planned_start) >= version.valid_from
            and (
                version.valid_to is null
                or coalesce(loop.actual_start, loop.planned_start) <= version.valid_to
            )
        inner join
            {{ rows_of('stg_agreement_arena') }} as arena
            on version.school_id = arena.school_id
            and version.partnership_id = arena.partnership_id
            and version.agreement_id = arena.agreement_id
            and version.version_no = arena.version_no
        group by loop.school_id, loop.partnership_id, loop.loop_no
        having not bool_or(arena.arena = 'development_group')
    ),
    start_of_loop as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            case when without_group.loop_no is null then start_meeting.full_staff_n end as full_staff_n,
            case when without_group.loop_no is null then start_meeting.start_n end as start_n,
            case
                when without_group.loop_no is not null
                then 'not_applicable'
                when start_meeting.loop_no is null and with_meetings.loop_no is not null
                then 'not_applicable'
            end as absence
        from loop
        left join start_meeting using (school_id, partnership_id, loop_no)
        left join with_meetings using (school_id, partnership_id, loop_no)
        left join without_group using (school_id, partnership_id, loop_no)
        where loop.is_held or start_meeting.loop_no is not null
    ),
    -- U1: a year is counted where a loop of it, or a complete file of loops for it, was delivered
    loops_of_school_year as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            count(loop.loop_no) filter (where loop.is_completed) as completed_n,
            count(loop.loop_no) filter (where loop.status = 'shortened') as shortened_n,
            count(loop.loop_no) > 0
            or coalesce(bool_or(delivered.completeness = 'complete'), false) as is_counted,
            coalesce(bool_or(delivered.completeness in ('partial', 'delayed')), false) as is_partly_delivered,
            make_date(left(year.school_year, 4)::integer + 1, 7, 31) < today.as_of as is_over,
            bool_or(loop.year_is_provisional) as year_is_provisional
        from {{ rows_of('int_school_year') }} as year
        cross join {{ ref('stg_as_of') }} as today
        left join
            {{ rows_of('int_loop') }} as loop
            on year.school_id = loop.school_id
            and year.partnership_id = loop.partnership_id
            and year.school_year = loop.school_year
        left join
            {{ rows_of('int_delivered_period') }} as delivered
            on year.school_id = delivered.school_id
            and year.partnership_id = delivered.partnership_id
            and year.school_year = delivered.period
            and delivered.file_type = 'loops'
            and delivered.period_type = 'school_year'
        group by year.school_id, year.partnership_id, year.school_year, today.as_of
    ),
    rhythm as (
        select
            year.school_id,
            year.partnership_id,
            null::text as school_year,
            year.partnership_year_no,
            clock.only_clock,
            year.completed_n,
            year.shortened_n,
            year.has_loops_delivered as is_counted,
            not year.is_over as is_open,
            year.is_partly_delivered,
            false as year_is_provisional
        from {{ rows_of('int_agreement_year') }} as year
        cross join (values ('partnership_year'), ('project')) as clock(only_clock)
        union all
        select
            school_id,
            partnership_id,
            school_year,
            null,
            'school_year',
            completed_n,
            shortened_n,
            is_counted,
            coalesce(not is_over, true),
            is_partly_delivered,
            coalesce(year_is_provisional, false)
        from loops_of_school_year
    ),
    rhythm_value as (
        select
            rhythm.school_id,
            rhythm.partnership_id,
            rhythm.school_year,
            rhythm.partnership_year_no,
            rhythm.only_clock,
            told.slice,
            case when rhythm.is_counted then told.loops_n end as numerator,
            null::integer as denominator,
            null as absence,
            case
                when is_open or is_partly_delivered
                then 'every_clock'
                when year_is_provisional
                then 'school_year'
            end as provisional_on,
            case
                when is_open then 'year_not_over' when is_partly_delivered then 'partly_delivered'
            end as note
        from rhythm
        cross join
            lateral(values ('{}'::jsonb, completed_n), ('{"measure": "shortened"}', shortened_n)) as told(
                slice, loops_n
            )
        union all
        -- the same loops against the same plan as A1
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            only_clock,
            '{"measure": "against_plan"}',
            case when is_in_sum then completed_n end,
            planned_loops,
            absence_of_plan,
            provisional_on,
            nullif(concat_ws(' ', note, note_of_year), '')
        from {{ rows_of('int_loops_against_plan') }} as plan
        where reading <> 'so_far'
    ),
    value as (
        -- nobody can have taken part before the first loop that was held
        select
            school_id,
            partnership_id,
            loop_no,
            'U2' as indicator_id,
            '{}'::jsonb as slice,
            (case when not is_first then experienced_n end)::numeric as numerator,
            (case when not is_first then headcount end)::numeric as denominator,
            case when is_first then 'not_applicable' else completion.absence_of_completed end as absence,
            'headcounts' as comparison_family
        from held_loop
        inner join
            {{ rows_of('int_loop_completion') }} as completion using (school_id, partnership_id, loop_no)
        left join experience using (school_id, partnership_id, loop_no)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'U4',
            '{"measure": "loops_with_collective_area"}',
            has_collective_area::int,
            1,
            absence,
            null
        from area_of_loop
        union all
        select school_id, partnership_id, loop_no, 'U5', '{}', full_staff_n, start_n, absence, null
        from start_of_loop
    )
select
    value.school_id,
    value.partnership_id,
    loop.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    null::text as budget_year,
    value.indicator_id,
    value.slice,
    value.numerator,
    value.denominator,
    null::integer as n_respondents,
    value.absence,
    'sum' as aggregation,
    value.comparison_family,
    null::text as only_clock,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from value
inner join loop using (school_id, partnership_id, loop_no)
union all
select
    school_id,
    partnership_id,
    null,
    school_year,
    partnership_year_no,
    null,
    'U4',
    '{"measure": "bottom_up"}',
    case when known_n > 0 then bottom_up_n end,
    nullif(known_n, 0),
    null,
    absence,
    'sum',
    'origin_judged_by_both',
    period_type,
    provisional_on,
    null
from origin_in_clock
union all
select
    school_id,
    partnership_id,
    null,
    school_year,
    partnership_year_no,
    null,
    'U1',
    slice,
    numerator,
    denominator,
    null,
    absence,
    'sum',
    null,
    only_clock,
    provisional_on,
    note
from rhythm_value
