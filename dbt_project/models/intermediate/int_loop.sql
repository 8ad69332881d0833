-- grain: one row per school, partnership and loop, with the year it belongs to by its actual start and the
-- number of teams active at its planned start
with
    loop as (select * from {{ rows_of('stg_loop') }} as delivered),
    active_team as (
        select
            loop.school_id, loop.partnership_id, loop.loop_no, count(distinct team.team_id) as active_teams_n
        from loop
        inner join
            {{ rows_of('int_team') }} as team
            on loop.school_id = team.school_id
            and loop.partnership_id = team.partnership_id
            and loop.planned_start >= team.valid_from
            and (team.valid_to is null or loop.planned_start <= team.valid_to)
        group by loop.school_id, loop.partnership_id, loop.loop_no
    )
select
    loop.school_id,
    loop.partnership_id,
    loop.loop_no,
    dated.school_year,
    dated.year_is_provisional,
    loop.school_year as stated_school_year,
    loop.partnership_year_no,
    loop.method,
    loop.status,
    loop.status = 'completed' as is_completed,
    -- a shortened loop was held too
    loop.status in ('completed', 'shortened') as is_held,
    loop.planned_start,
    loop.actual_start,
    loop.actual_end,
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
inner join
    {{ rows_of('int_dated_row') }} as dated
    on loop.school_id = dated.school_id
    and loop.partnership_id = dated.partnership_id
    and loop.file_id = dated.file_id
    and loop.row_number = dated.row_number
    and dated.file_type = 'loops'
