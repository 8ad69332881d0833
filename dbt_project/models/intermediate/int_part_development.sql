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
-- loops against the plan in force at the end of each partnership year
rhythm_of_plan as (
    select plan.school_id, plan.partnership_id, plan.partnership_year_no, plan.planned_loops, count(loop.loop_no) as completed_n
    from {{ rows_of('int_agreement_year') }} as plan
    left join completed_loop as loop using (school_id, partnership_id, partnership_year_no)
    group by 1, 2, 3, 4
),
value as (
    select school_id, partnership_id, loop_no, 'U1' as indicator_id, '{}'::jsonb as slice, 1::numeric as numerator, null::numeric as denominator, null as absence, null as comparison_family
    from completed_loop
    union all
    -- nobody can have taken part before the first loop
    select school_id, partnership_id, loop_no, 'U2', '{}', case when loop_no > 1 then experienced_n end, case when loop_no > 1 then headcount end,
        case when loop_no = 1 then 'not_applicable' end, 'headcounts'
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
        value.school_id, value.partnership_id,
        -- rhythm is counted per year; per loop it would always be one
        case when value.indicator_id <> 'U1' then loop.loop_no end as loop_no,
        loop.school_year, loop.partnership_year_no, null::text as budget_year, value.indicator_id, value.slice,
        value.numerator, value.denominator, null::integer as n_respondents, value.absence, 'sum' as aggregation, value.comparison_family, null::text as only_clock
    from value
    inner join completed_loop as loop using (school_id, partnership_id, loop_no)
    union all
    select
        school_id, partnership_id, null, school_year, partnership_year_no, null, 'U4', '{"measure": "bottom_up"}',
        case when count(*) filter (where origin <> 'unknown') > 0 then count(*) filter (where origin = 'bottom_up') end, nullif(count(*) filter (where origin <> 'unknown'), 0), null, null, 'sum', 'origin_judged_by_both', null
    from area_of_year
    group by school_id, partnership_id, school_year, partnership_year_no
    union all
    select
        school_id, partnership_id, null, null, partnership_year_no, null, 'U1', '{"measure": "against_plan"}',
        case when planned_loops is not null then completed_n end, planned_loops, null, case when planned_loops is null then 'not_applicable' end, 'sum', null, null
    from rhythm_of_plan
)
select
    part.*,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
