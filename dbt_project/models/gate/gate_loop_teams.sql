{{ config(alias='loop_teams', tags=['candidate']) }}
-- grain: one row per school, partnership and loop
-- depends_on: {{ ref('failed_control') }}
with
    of_teams as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(*)::integer as told_n,
            count(*) filter (where status = 'completed')::integer as completed_n,
            count(*) filter (where status = 'partly')::integer as partly_n,
            count(*) filter (where status in ('cancelled', 'cancelled_agreed'))::integer as cancelled_n,
            count(*) filter (where status = 'not_participating')::integer as not_participating_n,
            sum(planning_min)::integer as planning_min,
            sum(research_lesson_min)::integer as research_lesson_min,
            sum(evaluation_min)::integer as evaluation_min,
            count(planning_min + research_lesson_min + evaluation_min)::integer as timed_n,
            sum(research_lessons_held_n)::integer as research_lessons_n,
            count(*) filter (where research_lessons_held_n > 1)::integer as retaught_n,
            count(*) filter (where observation_focus_recorded = 'yes')::integer as focus_recorded_n,
            count(*) filter (where goal_subject = 'yes')::integer as goal_subject_n,
            count(*) filter (where goal_cross_curricular = 'yes')::integer as goal_cross_curricular_n,
            count(*) filter (where goal_formulated_before_design = 'yes')::integer as goal_before_design_n
        from {{ ref('stg_team_loop') }}
        group by school_id, partnership_id, loop_no
    )
select
    loop.school_id,
    loop.partnership_id,
    loop.loop_no,
    loop.school_year,
    loop.active_teams_n::integer as active_n,
    of_teams.told_n,
    of_teams.completed_n,
    of_teams.partly_n,
    of_teams.cancelled_n,
    of_teams.not_participating_n,
    of_teams.planning_min,
    of_teams.research_lesson_min,
    of_teams.evaluation_min,
    of_teams.timed_n,
    of_teams.research_lessons_n,
    of_teams.retaught_n,
    of_teams.focus_recorded_n,
    of_teams.goal_subject_n,
    of_teams.goal_cross_curricular_n,
    of_teams.goal_before_design_n
from {{ ref('int_loop') }} as loop
left join of_teams using (school_id, partnership_id, loop_no)
