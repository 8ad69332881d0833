-- grain: one row per school, partnership, loop (or the project), indicator C1–C5 and slice; a null numerator means that it was not observed
with completed_loop as (
    select * from {{ rows_of('int_loop') }} as loop where is_completed
),
team_loop as (
    select * from {{ rows_of('stg_team_loop') }} as delivered
),
by_loop as (
    select
        school_id, partnership_id, loop_no,
        count(*) filter (where status = 'completed') as completed_n,
        count(*) filter (where status = 'cancelled_agreed') as cancelled_agreed_n,
        count(*) filter (where status = 'completed' and leader_present is not null) as leader_known_n,
        count(*) filter (where status = 'completed' and leader_present = 'yes') as leader_present_n
    from team_loop
    group by 1, 2, 3
),
-- minutes used in the teams, and the teams that told them
time_of_loop as (
    select
        school_id, partnership_id, loop_no,
        sum(planning_min) as planning_min, count(planning_min) as planning_n,
        sum(research_lesson_min) as research_lesson_min, count(research_lesson_min) as research_lesson_n,
        sum(evaluation_min) as evaluation_min, count(evaluation_min) as evaluation_n
    from team_loop
    group by 1, 2, 3
),
-- a meeting of the full staff counts once, under what it was most of all for
meeting_in_loop as (
    select
        school_id, partnership_id, loop_no, arena, minutes, teams_represented_n,
        case
            when arena <> 'full_staff' or loop_relation not in ('during', 'after') then null
            -- no activities delivered: what it was for is not known, which is not other
            when has_experience_sharing is null then null
            when has_experience_sharing then 'full_staff_sharing'
            when has_theorisation then 'joint_theorisation'
            else 'other'
        end as full_staff_activity
    from {{ rows_of('int_meeting') }} as meeting
    where loop_no is not null
),
meeting_of_loop as (
    select
        school_id, partnership_id, loop_no,
        sum(teams_represented_n) filter (where arena = 'development_group') as represented_n,
        count(*) filter (where arena = 'development_group' and teams_represented_n is not null) as group_meetings_n,
        sum(minutes) filter (where full_staff_activity = 'full_staff_sharing') as sharing_min,
        sum(minutes) filter (where full_staff_activity = 'joint_theorisation') as theorisation_min,
        sum(minutes) filter (where full_staff_activity = 'other') as other_min
    from meeting_in_loop
    group by 1, 2, 3
),
-- the development group's meetings outside the loops, with the teams that were active that day
group_meeting_outside as (
    select
        meeting.school_id, meeting.partnership_id, meeting.school_year, meeting.partnership_year_no, meeting.meeting_id, meeting.teams_represented_n,
        count(distinct team.team_id) as active_teams_n
    from {{ rows_of('int_meeting') }} as meeting
    inner join {{ rows_of('int_team') }} as team
        on meeting.school_id = team.school_id and meeting.partnership_id = team.partnership_id and meeting.meeting_date >= team.valid_from and (team.valid_to is null or meeting.meeting_date <= team.valid_to)
    where meeting.arena = 'development_group' and meeting.loop_no is null and meeting.teams_represented_n is not null
    group by 1, 2, 3, 4, 5, 6
),
agreed_arena as (
    select
        loop.school_id, loop.partnership_id, loop.loop_no,
        count(distinct arena.arena) as agreed_n,
        bool_or(arena.arena = 'development_group') as has_group
    from completed_loop as loop
    inner join {{ rows_of('stg_agreement_version') }} as version
        on loop.school_id = version.school_id and loop.partnership_id = version.partnership_id
        and loop.actual_start >= version.valid_from and (version.valid_to is null or loop.actual_start <= version.valid_to)
    inner join {{ rows_of('stg_agreement_arena') }} as arena
        on version.school_id = arena.school_id and version.partnership_id = arena.partnership_id and version.agreement_id = arena.agreement_id and version.version_no = arena.version_no
    group by 1, 2, 3
),
arena_met as (
    select loop.school_id, loop.partnership_id, loop.loop_no, count(distinct arena.arena) as met_n
    from completed_loop as loop
    inner join {{ rows_of('stg_agreement_version') }} as version
        on loop.school_id = version.school_id and loop.partnership_id = version.partnership_id
        and loop.actual_start >= version.valid_from and (version.valid_to is null or loop.actual_start <= version.valid_to)
    inner join {{ rows_of('stg_agreement_arena') }} as arena
        on version.school_id = arena.school_id and version.partnership_id = arena.partnership_id and version.agreement_id = arena.agreement_id and version.version_no = arena.version_no
    inner join {{ rows_of('int_meeting') }} as meeting
        on loop.school_id = meeting.school_id and loop.partnership_id = meeting.partnership_id and loop.loop_no = meeting.loop_no
        and arena.arena = meeting.arena
    group by 1, 2, 3
),
-- the school's own model of how arenas feed each other, in the version in force at the loop's start
expected_link as (
    select distinct on (loop.school_id, loop.partnership_id, loop.loop_no, link.from_arena, link.to_arena)
        loop.school_id, loop.partnership_id, loop.loop_no, link.from_arena, link.to_arena
    from completed_loop as loop
    inner join {{ rows_of('stg_expected_arena_link') }} as link
        on loop.school_id = link.school_id and loop.partnership_id = link.partnership_id and link.first_loop_no <= loop.loop_no and (link.last_loop_no is null or link.last_loop_no >= loop.loop_no)
),
link_of_loop as (
    select
        expected.school_id, expected.partnership_id, expected.loop_no,
        count(*) as expected_n,
        count(realised.school_id) as realised_n
    from expected_link as expected
    left join (
        select distinct school_id, partnership_id, loop_no, from_arena, to_arena from {{ rows_of('stg_arena_link') }} as link
    ) as realised using (school_id, partnership_id, loop_no, from_arena, to_arena)
    group by 1, 2, 3
),
membership as (
    select
        team.school_id,
        team.partnership_id,
        count(distinct team.team_id) filter (where team.has_representative) as represented_n,
        count(distinct team.team_id) filter (where team.representative_is_known) as known_n
    from {{ rows_of('int_team') }} as team
    where team.valid_to is null
    group by 1, 2
),
agreed_group as (
    select version.school_id, version.partnership_id, bool_or(arena.arena = 'development_group') as has_group
    from {{ rows_of('stg_agreement_version') }} as version
    inner join {{ rows_of('stg_agreement_arena') }} as arena using (school_id, partnership_id, agreement_id, version_no)
    group by 1, 2
),
value as (
    -- a team that the parties agreed to let off leaves the denominator; one that just did not complete stays in it
    select school_id, partnership_id, loop_no, 'C1' as indicator_id, '{}'::jsonb as slice,
        completed_n::numeric as numerator, (active_teams_n - cancelled_agreed_n)::numeric as denominator, 'sum' as aggregation, null as absence
    from completed_loop left join by_loop using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'C2', jsonb_build_object('measure', 'planned_min', 'activity', activity.activity), activity.minutes, null, 'median',
        case when activity.minutes is null then 'not_in_design' end
    from completed_loop
    cross join lateral (values
        ('planning', plan_planning_min), ('research_lesson', plan_research_lesson_min), ('evaluation', plan_evaluation_min),
        ('full_staff_sharing', plan_full_staff_sharing_min), ('joint_theorisation', plan_joint_theorisation_min)
    ) as activity (activity, minutes)
    union all
    select school_id, partnership_id, loop_no, 'C2', jsonb_build_object('measure', 'actual_min', 'activity', activity.activity), activity.minutes, null, 'median', null
    from completed_loop
    left join team_loop using (school_id, partnership_id, loop_no)
    cross join lateral (values
        ('planning', team_loop.planning_min), ('research_lesson', team_loop.research_lesson_min), ('evaluation', team_loop.evaluation_min)
    ) as activity (activity, minutes)
    union all
    select school_id, partnership_id, loop_no, 'C2', jsonb_build_object('measure', 'actual_against_planned', 'activity', activity.activity),
        case when activity.planned > 0 then activity.used end, case when activity.planned > 0 then activity.planned * nullif(activity.teams_n, 0) end, 'sum',
        case when activity.planned is null or activity.planned = 0 then 'not_in_design' end
    from completed_loop
    left join time_of_loop using (school_id, partnership_id, loop_no)
    cross join lateral (values
        ('planning', planning_min, planning_n, plan_planning_min), ('research_lesson', research_lesson_min, research_lesson_n, plan_research_lesson_min),
        ('evaluation', evaluation_min, evaluation_n, plan_evaluation_min)
    ) as activity (activity, used, teams_n, planned)
    union all
    -- full staff meets once, however many teams are there
    select school_id, partnership_id, loop_no, 'C2', jsonb_build_object('measure', 'actual_min', 'activity', activity.activity), activity.minutes, null, 'median', null
    from completed_loop
    left join meeting_of_loop using (school_id, partnership_id, loop_no)
    cross join lateral (values
        ('full_staff_sharing', meeting_of_loop.sharing_min), ('joint_theorisation', meeting_of_loop.theorisation_min), ('other', meeting_of_loop.other_min)
    ) as activity (activity, minutes)
    union all
    select school_id, partnership_id, loop_no, 'C3', '{"measure": "arenas"}',
        case when meeting_of_loop.loop_no is not null and agreed_n is not null then coalesce(met_n, 0) end, agreed_n, 'sum',
        case when agreed_n is null then 'not_applicable' end
    from completed_loop
    left join meeting_of_loop using (school_id, partnership_id, loop_no)
    left join agreed_arena using (school_id, partnership_id, loop_no)
    left join arena_met using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'C3', '{"measure": "links"}', realised_n, expected_n, 'sum', case when expected_n is null then 'not_applicable' end
    from completed_loop left join link_of_loop using (school_id, partnership_id, loop_no)
    union all
    -- an agreement without a development group asks nothing of one
    select school_id, partnership_id, loop_no, 'C4', '{"measure": "attendance"}',
        case when has_group is not false then represented_n end, case when has_group is not false then active_teams_n * group_meetings_n end, 'sum',
        case when not has_group then 'not_applicable' end
    from completed_loop
    left join meeting_of_loop using (school_id, partnership_id, loop_no)
    left join agreed_arena using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'C5', '{}', case when leader_known_n > 0 then leader_present_n end, leader_known_n, 'sum', null
    from completed_loop left join by_loop using (school_id, partnership_id, loop_no)
),
-- the basic frame of the design, per teacher and per arena: full staff counts once per loop, teams once each
frame as (
    select
        school_id, partnership_id,
        percentile_disc(0.5) within group (order by team_min + shared_min) as min_per_loop,
        percentile_disc(0.5) within group (order by evaluation_and_sharing_min) as evaluation_and_sharing_min,
        sum(team_min + shared_min) as teacher_min,
        sum(team_min * active_teams_n + shared_min) as arena_min
    from (
        select
            school_id, partnership_id, active_teams_n,
            plan_planning_min + plan_research_lesson_min + plan_evaluation_min as team_min,
            -- what is not in the design takes no time
            coalesce(plan_full_staff_sharing_min, 0) + coalesce(plan_joint_theorisation_min, 0) as shared_min,
            plan_evaluation_min + coalesce(plan_full_staff_sharing_min, 0) as evaluation_and_sharing_min
        from completed_loop
    ) as design
    group by 1, 2
),
project_value as (
    select school_id, partnership_id, 'C2' as indicator_id, '{"measure": "planned_min_per_teacher_per_loop"}'::jsonb as slice, min_per_loop::numeric as numerator, null::numeric as denominator,
        null as absence
    from frame
    union all
    select school_id, partnership_id, 'C2', '{"measure": "planned_hours_per_teacher_project"}', teacher_min / 60.0, null, null from frame
    union all
    select school_id, partnership_id, 'C2', '{"measure": "planned_arena_hours_project"}', arena_min / 60.0, null, null from frame
    union all
    select school_id, partnership_id, 'C2', '{"measure": "share_evaluation_and_sharing"}', evaluation_and_sharing_min, min_per_loop, null from frame
    union all
    select school_id, partnership_id, 'C4', '{"measure": "membership"}',
        case when has_group is not false and known_n > 0 then represented_n end, case when has_group is not false then nullif(known_n, 0) end,
        case when not has_group then 'not_applicable' end
    from membership left join agreed_group using (school_id, partnership_id)
),
part as (
    select
        value.school_id, value.partnership_id, loop.loop_no, loop.school_year, loop.partnership_year_no, null::text as budget_year, value.indicator_id, value.slice,
        value.numerator, value.denominator, null::integer as n_respondents, value.absence, value.aggregation, null::text as comparison_family, null::text as only_clock
    from value
    inner join completed_loop as loop using (school_id, partnership_id, loop_no)
    union all
    select
        school_id, partnership_id, null, null, null, null, indicator_id, slice,
        numerator, denominator, null, absence, 'sum', null, 'project'
    from project_value
    union all
    select
        school_id, partnership_id, null, school_year, partnership_year_no, null, 'C4', '{"measure": "attendance"}',
        teams_represented_n, active_teams_n, null, null, 'sum', null, null
    from group_meeting_outside left join agreed_group using (school_id, partnership_id)
    where has_group is not false
)
select
    part.*,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
