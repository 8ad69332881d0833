{{ config(indexes=[{'columns': ['school_id', 'partnership_id', 'loop_no', 'team_id'], 'unique': true}]) }}
-- Grain: one row per school, partnership, loop and team that was planned (active on the loop's planned start) or delivered.
with planned as (
    select distinct loops.school_id, loops.partnership_id, loops.loop_no, team.team_id
    from {{ ref('intermediate__loop') }} as loops
    join {{ ref('intermediate__team') }} as team
        on team.school_id = loops.school_id
        and loops.planned_start between team.active_from and coalesce(team.active_to, 'infinity')
    where loops.school_id in (select school_id from {{ ref('staging__changed_school') }})
),

delivered as (
    select *
    from {{ ref('staging__team_loop') }}
    where school_id in (select school_id from {{ ref('staging__changed_school') }})
)

select
    school_id,
    partnership_id,
    loop_no,
    team_id,
    planned.team_id is not null as is_planned,
    delivered.team_id is not null as is_delivered,
    delivered.status,
    delivered.headcount,
    delivered.planning_min,
    delivered.research_lesson_min,
    delivered.evaluation_min,
    delivered.te_in_planning,
    delivered.te_in_evaluation,
    delivered.te_in_research_lesson,
    coalesce(delivered.assumed_columns, '') as assumed_columns,
    delivered.file_id,
    delivered.row_number
from planned
full join delivered using (school_id, partnership_id, loop_no, team_id)
