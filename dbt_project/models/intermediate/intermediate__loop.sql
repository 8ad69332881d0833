{{ config(indexes=[{'columns': ['school_id', 'partnership_id', 'loop_no'], 'unique': true}]) }}
-- Grain: one row per school, partnership and loop.
-- A loop belongs to the school year of its actual start by the school's own calendar; never split over a year's boundary.
with loops as (
    select *
    from {{ ref('staging__loop') }}
    where school_id in (select school_id from {{ ref('staging__changed_school') }})
),

loops_in_order as (
    select
        loops.*,
        lead(actual_start) over (partition by school_id, partnership_id order by loop_no) as next_loop_start,
        lead(loop_no) over (partition by school_id, partnership_id order by loop_no) is null as is_last_loop
    from loops
),

active_teams as (
    select loops.school_id, loops.partnership_id, loops.loop_no, count(distinct team.team_id) as active_teams
    from loops
    join {{ ref('intermediate__team') }} as team
        on team.school_id = loops.school_id
        and loops.planned_start between team.active_from and coalesce(team.active_to, 'infinity')
    group by loops.school_id, loops.partnership_id, loops.loop_no
)

select
    loops.school_id,
    loops.partnership_id,
    loops.loop_no,
    loops.method,
    loops.status,
    loops.status = 'completed' as is_completed,
    coalesce(calendar.school_year, loops.school_year) as school_year,
    calendar.school_year is not null as is_by_own_calendar,
    loops.partnership_year_no,
    loops.planned_start,
    loops.actual_start,
    loops.actual_end,
    loops.next_loop_start,
    loops.is_last_loop,
    partnership.ended_on as partnership_ended_on,
    agreement.version_no as agreement_version,
    loops.design_version,
    loops.template_version_id,
    loops.log_instrument_version_id,
    active_teams.active_teams,
    loops.plan_planning_min,
    loops.plan_research_lesson_min,
    loops.plan_evaluation_min,
    loops.plan_full_staff_sharing_min,
    loops.plan_joint_theorisation_min,
    coalesce(loops.assumed_columns, '') as assumed_columns,
    loops.file_id,
    loops.row_number
from loops_in_order as loops
left join {{ ref('intermediate__school_year') }} as calendar
    on calendar.school_id = loops.school_id
    and loops.actual_start >= calendar.year_start
    and loops.actual_start < calendar.next_year_start
left join active_teams using (school_id, partnership_id, loop_no)
left join {{ ref('staging__partnership') }} as partnership using (partnership_id)
left join lateral (
    select version_no
    from {{ ref('intermediate__agreement_version') }} as version
    where version.school_id = loops.school_id
        and version.partnership_id = loops.partnership_id
        and coalesce(loops.actual_start, loops.planned_start) between version.valid_from and coalesce(version.valid_to, 'infinity')
    order by version.valid_from desc, version.version_no desc
    limit 1
) as agreement on true
