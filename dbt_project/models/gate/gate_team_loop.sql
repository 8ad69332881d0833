{{ config(alias='team_loop', tags=['candidate']) }}
-- grain: one row per school, partnership, loop and team
-- depends_on: {{ ref('failed_control') }}
select
    school_id,
    partnership_id,
    loop_no,
    team_id,
    status,
    headcount,
    experienced_n,
    planning_min,
    research_lesson_min,
    evaluation_min,
    research_lessons_held_n,
    observers_n,
    observation_focus_recorded,
    goal_subject,
    goal_cross_curricular,
    goal_formulated_before_design,
    te_in_planning,
    te_in_evaluation,
    te_in_research_lesson,
    te_agreed_with_process_leader,
    leader_present
from {{ ref('stg_team_loop') }}
