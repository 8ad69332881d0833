-- grain: one row per school, partnership, loop or school year, indicator U1, U2, U4, U5 and slice; a null numerator means that it was not observed
with completed_loop as (
    select * from {{ rows_of('int_loop') }} as loop where is_completed
),
experience as (
    select
        school_id, partnership_id, loop_no,
        sum(experienced_n) as experienced_n,
        sum(headcount) filter (where experienced_n is not null) as headcount
    from {{ rows_of('stg_team_loop') }} as team_loop
    where status = 'completed'
    group by 1, 2, 3
),
area as (
    select * from {{ rows_of('stg_development_area') }} as delivered
),
-- which loops had a collective area, as the school's list of areas says; the loop's own list where there is none
area_of_loop as (
    select
        loop.school_id, loop.partnership_id, loop.loop_no,
        case
            when bool_or(area.area_id is not null) then bool_or(area.scope = 'collective' and loop.loop_no >= area.first_loop_no and (area.last_loop_no is null or loop.loop_no <= area.last_loop_no))
            when loop.collective_area_ids is not null then true
        end as has_collective_area
    from completed_loop as loop
    left join area on loop.school_id = area.school_id and loop.partnership_id = area.partnership_id
    group by 1, 2, 3, loop.collective_area_ids
),
-- an area counts in each year in which one of its loops was run
area_of_year as (
    select distinct area.school_id, area.partnership_id, area.area_id,
        -- an origin is known where both parties name the same
        case when area.origin_agreed_by_both = 'yes' then area.origin else 'unknown' end as origin, loop.school_year, loop.partnership_year_no
    from area
    inner join completed_loop as loop
        on area.school_id = loop.school_id and area.partnership_id = loop.partnership_id
        and loop.loop_no >= area.first_loop_no and (area.last_loop_no is null or loop.loop_no <= area.last_loop_no)
    where area.scope = 'collective'
),
start_meeting as (
    select
        school_id, partnership_id, loop_no,
        count(*) filter (where loop_relation in ('before', 'before_first_loop')) as start_n,
        count(*) filter (where loop_relation in ('before', 'before_first_loop') and arena = 'full_staff') as full_staff_n
    from {{ rows_of('int_meeting') }} as meeting
    where loop_no is not null
    group by 1, 2, 3
),
small as (
    select distinct school_id from {{ ref('stg_register_school') }} where small_school
),
-- U1: a year is counted where a loop of it, or a complete file of loops for it, was delivered
loops_of_school_year as (
    select
        year.school_id, year.partnership_id, year.school_year,
        count(loop.loop_no) filter (where loop.is_completed) as completed_n,
        count(loop.loop_no) filter (where loop.status = 'shortened') as shortened_n,
        count(loop.loop_no) > 0 or coalesce(bool_or(delivered.said = 'complete'), false) as is_counted,
        coalesce(bool_or(delivered.said in ('partial', 'delayed')), false) as is_partly_delivered,
        make_date(left(year.school_year, 4)::integer + 1, 7, 31) < today.as_of as is_over,
        bool_or(loop.year_is_provisional) as year_is_provisional
    from {{ rows_of('int_school_year') }} as year
    cross join {{ ref('stg_as_of') }} as today
    left join {{ rows_of('int_loop') }} as loop
        on year.school_id = loop.school_id and year.partnership_id = loop.partnership_id and year.school_year = loop.school_year
    left join {{ rows_of('int_delivered_period') }} as delivered
        on year.school_id = delivered.school_id and year.partnership_id = delivered.partnership_id
        and year.school_year = delivered.period
        and delivered.file_type = 'loops' and delivered.period_type = 'school_year'
    group by year.school_id, year.partnership_id, year.school_year, today.as_of
),
rhythm as (
    select
        year.school_id, year.partnership_id, null::text as school_year, year.partnership_year_no, clock.only_clock,
        year.completed_n, year.shortened_n, year.has_loops_delivered as is_counted,
        not year.is_over as is_open, year.is_partly_delivered, false as year_is_provisional
    from {{ rows_of('int_agreement_year') }} as year
    cross join (values ('partnership_year'), ('project')) as clock (only_clock)
    union all
    select
        school_id, partnership_id, school_year, null, 'school_year',
        completed_n, shortened_n, is_counted, coalesce(not is_over, true), is_partly_delivered,
        coalesce(year_is_provisional, false)
    from loops_of_school_year
),
rhythm_value as (
    select
        rhythm.school_id, rhythm.partnership_id, rhythm.school_year, rhythm.partnership_year_no, rhythm.only_clock, told.slice,
        case when rhythm.is_counted then told.loops_n end as numerator, null::integer as denominator, null as absence,
        case when is_open or is_partly_delivered then 'every_clock' when year_is_provisional then 'school_year' end as provisional_on,
        case when is_open then 'year_not_over' when is_partly_delivered then 'partly_delivered' end as note
    from rhythm
    cross join lateral (values ('{}'::jsonb, completed_n), ('{"measure": "shortened"}', shortened_n)) as told (slice, loops_n)
    union all
    -- the same loops against the same plan as A1
    select
        school_id, partnership_id, school_year, partnership_year_no, only_clock, '{"measure": "against_plan"}',
        case when is_in_sum then completed_n end, planned_loops, absence_of_plan, provisional_on,
        nullif(concat_ws(' ', note, note_of_year), '')
    from {{ rows_of('int_loops_against_plan') }} as plan
    where reading <> 'so_far'
),
value as (
    -- nobody can have taken part before the first loop
    select school_id, partnership_id, loop_no, 'U2' as indicator_id, '{}'::jsonb as slice,
        (case when loop_no > 1 then experienced_n end)::numeric as numerator, (case when loop_no > 1 then headcount end)::numeric as denominator,
        case when loop_no = 1 then 'not_applicable' end as absence, 'headcounts' as comparison_family
    from completed_loop left join experience using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'U4', '{"measure": "loops_with_collective_area"}', has_collective_area::int, 1, null, null
    from area_of_loop
    union all
    -- where the development group is the whole staff the question has no meaning
    select school_id, partnership_id, loop_no, 'U5', '{}', case when small.school_id is null then full_staff_n end, case when small.school_id is null then start_n end,
        case when small.school_id is not null then 'not_applicable' end, null
    from completed_loop
    left join start_meeting using (school_id, partnership_id, loop_no)
    left join small using (school_id)
),
part as (
    select
        value.school_id, value.partnership_id, loop.loop_no, loop.school_year, loop.partnership_year_no, null::text as budget_year, value.indicator_id, value.slice,
        value.numerator, value.denominator, null::integer as n_respondents, value.absence, 'sum' as aggregation, value.comparison_family, null::text as only_clock
    from value
    inner join completed_loop as loop using (school_id, partnership_id, loop_no)
    union all
    select
        school_id, partnership_id, null, school_year, partnership_year_no, null, 'U4', '{"measure": "bottom_up"}',
        case when count(*) filter (where origin <> 'unknown') > 0 then count(*) filter (where origin = 'bottom_up') end, nullif(count(*) filter (where origin <> 'unknown'), 0), null, null, 'sum', 'origin_judged_by_both', null
    from area_of_year
    group by school_id, partnership_id, school_year, partnership_year_no
)
select
    part.*,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
union all
select
    school_id, partnership_id, null, school_year, partnership_year_no, null, 'U1', slice, numerator, denominator, null, absence, 'sum', null,
    only_clock, provisional_on, note
from rhythm_value
