-- grain: one row per school, partnership and loop, with the year it belongs to by its actual start and the number of teams active at its planned start
with loop as (
    select * from {{ rows_of('stg_loop') }} as delivered
),
active_team as (
    select
        loop.school_id,
        loop.partnership_id,
        loop.loop_no,
        count(distinct team.team_id) as active_teams_n
    from loop
    inner join {{ rows_of('stg_team') }} as team
        on loop.school_id = team.school_id
        and loop.planned_start >= team.valid_from
        and (team.valid_to is null or loop.planned_start <= team.valid_to)
    group by 1, 2, 3
),
own_calendar as (
    select school_id, school_year, year_start, lead(year_start) over (partition by school_id order by year_start) as next_year_start
    from {{ rows_of('stg_school_year') }} as year
)
select
    loop.school_id,
    loop.partnership_id,
    loop.loop_no,
    coalesce(calendar.school_year, loop.school_year) as school_year,
    loop.partnership_year_no,
    loop.method,
    loop.status,
    loop.status = 'completed' as is_completed,
    loop.planned_start,
    loop.actual_start,
    loop.actual_end,
    lead(loop.actual_start) over (partition by loop.school_id, loop.partnership_id order by loop.loop_no) as next_loop_start,
    loop.design_version,
    loop.template_status,
    loop.template_version_id,
    loop.log_instrument_version_id,
    loop.collective_area_ids,
    loop.plan_planning_min,
    loop.plan_research_lesson_min,
    loop.plan_evaluation_min,
    loop.plan_full_staff_sharing_min,
    loop.plan_joint_theorisation_min,
    active_team.active_teams_n,
    loop.file_id,
    loop.row_number
from loop
left join active_team using (school_id, partnership_id, loop_no)
left join own_calendar as calendar
    on loop.school_id = calendar.school_id
    and loop.actual_start >= calendar.year_start
    and (calendar.next_year_start is null or loop.actual_start < calendar.next_year_start)
