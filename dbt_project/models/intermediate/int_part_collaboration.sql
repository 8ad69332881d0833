-- grain: one row per school, partnership, loop, meeting or clock, indicator C1–C5 and slice; a null
-- numerator means that it was not observed
with
    loop as (select * from {{ rows_of('int_loop') }} as loop),
    held_loop as (select * from loop where is_held),
    team_loop as (select * from {{ rows_of('stg_team_loop') }} as delivered),
    meeting as (select * from {{ rows_of('int_meeting') }} as meeting),
    team as (select * from {{ rows_of('int_team') }} as team),
    said_of_loop as (
        select school_id, partnership_id, period::integer as loop_no, file_type, completeness as said
        from {{ rows_of('int_delivered_period') }} as delivered
        where period_type = 'loop'
    ),
    -- C1: a loop that was cancelled without agreement counts too; the team loop's own status says whether
    -- it was completed
    counted_loop as (
        select
            loop.*,
            completion.told_n,
            completion.completed_teams_n,
            completion.let_off_n,
            completion.is_told,
            completion.is_partly_delivered
        from loop
        inner join
            {{ rows_of('int_loop_completion') }} as completion using (school_id, partnership_id, loop_no)
        where loop.is_held or loop.status = 'cancelled'
    ),
    completed_team_loop as (
        -- a team that the parties agreed to let off leaves the denominator; one that just did not complete,
        -- or
        -- has no row, stays in it
        select
            school_id,
            partnership_id,
            loop_no,
            case when is_told and active_teams_n is not null then completed_teams_n end as numerator,
            active_teams_n - let_off_n as denominator,
            null::text as provisional_on
        from counted_loop
        where not is_partly_delivered
        union all
        -- where more is to come, each team counts by itself, and those that are not there yet are not said
        -- to have failed
        select
            team_loop.school_id,
            team_loop.partnership_id,
            team_loop.loop_no,
            (team_loop.status = 'completed')::integer,
            1,
            'every_clock'
        from counted_loop as loop
        inner join team_loop using (school_id, partnership_id, loop_no)
        where loop.is_partly_delivered and team_loop.status <> 'cancelled_agreed'
        union all
        select loop.school_id, loop.partnership_id, loop.loop_no, null, null, null
        from counted_loop as loop
        cross join generate_series(1, greatest(loop.active_teams_n - loop.told_n, 0)) as missing
        where loop.is_partly_delivered
    ),
    -- C2: minutes of the team loops of which both the time set aside and the time used are known
    time_of_loop as (
        select
            team_loop.school_id,
            team_loop.partnership_id,
            team_loop.loop_no,
            activity.activity,
            sum(activity.used) as used,
            count(activity.used) as told_n,
            min(activity.planned) as planned
        from held_loop as loop
        inner join team_loop using (school_id, partnership_id, loop_no)
        cross join
            lateral(
                values
                    ('planning', team_loop.planning_min, loop.plan_planning_min),
                    ('research_lesson', team_loop.research_lesson_min, loop.plan_research_lesson_min),
                    ('evaluation', team_loop.evaluation_min, loop.plan_evaluation_min)
            ) as activity(activity, used, planned)
        group by team_loop.school_id, team_loop.partnership_id, team_loop.loop_no, activity.activity
    ),
    -- a meeting of the full staff counts once, under what it was most of all for
    meeting_in_loop as (
        select
            *,
            case
                when arena <> 'full_staff' or loop_relation not in ('during', 'after')
                then null
                -- no activities delivered: what it was for is not known, which is not other
                when has_experience_sharing is null
                then null
                when has_experience_sharing
                then 'full_staff_sharing'
                when has_theorisation
                then 'joint_theorisation'
                else 'other'
            end as full_staff_activity
        from meeting
        where loop_no is not null
    ),
    staff_time_of_loop as (
        select
            school_id,
            partnership_id,
            loop_no,
            sum(minutes) filter (where full_staff_activity = 'full_staff_sharing') as sharing_min,
            sum(minutes) filter (where full_staff_activity = 'joint_theorisation') as theorisation_min,
            sum(minutes) filter (where full_staff_activity = 'other') as other_min
        from meeting_in_loop
        group by school_id, partnership_id, loop_no
    ),
    -- loops of which all meetings and what was done in them are told: where none was for an activity, it
    -- took no time
    staff_time_told as (
        select school_id, partnership_id, loop_no, 0 as no_minutes
        from said_of_loop as said
        where
            said.file_type in ('meetings', 'meeting_activities')
            and said.said = 'complete'
            and not exists (
                select 1
                from meeting_in_loop as meeting
                where
                    meeting.school_id = said.school_id
                    and meeting.partnership_id = said.partnership_id
                    and meeting.loop_no = said.loop_no
                    and meeting.arena = 'full_staff'
                    and meeting.loop_relation in ('during', 'after')
                    and meeting.full_staff_activity is null
            )
        group by school_id, partnership_id, loop_no
        having count(*) = 2
    ),
    -- the time that each loop's own design sets aside for a teacher
    design as (
        select
            *,
            plan_planning_min + plan_research_lesson_min + plan_evaluation_min as team_min,
            -- what is not in the design takes no time
            coalesce(plan_full_staff_sharing_min, 0) + coalesce(plan_joint_theorisation_min, 0) as shared_min,
            plan_evaluation_min + coalesce(plan_full_staff_sharing_min, 0) as evaluation_and_sharing_min
        from held_loop
    ),
    design_in_clock as (
        select
            design.school_id,
            design.partnership_id,
            clock.period_type,
            design.school_year,
            design.partnership_year_no,
            design.loop_no,
            design.evaluation_and_sharing_min,
            design.team_min + design.shared_min as total_min,
            design.year_is_provisional
        from design
        cross join (values ('loop'), ('school_year'), ('partnership_year'), ('project')) as clock(period_type)
    ),
    -- over loops of one design the share is that design's, over several the sum of each
    share_of_design as (
        select
            school_id,
            partnership_id,
            period_type,
            case when period_type = 'loop' then loop_no end as loop_no,
            case when period_type = 'school_year' then school_year end as school_year,
            case when period_type = 'partnership_year' then partnership_year_no end as partnership_year_no,
            case
                when count(distinct(evaluation_and_sharing_min, total_min)) = 1
                then min(evaluation_and_sharing_min)
                else sum(evaluation_and_sharing_min)
            end as numerator,
            case
                when count(distinct(evaluation_and_sharing_min, total_min)) = 1
                then min(total_min)
                else sum(total_min)
            end as denominator,
            bool_or(year_is_provisional) as year_is_provisional
        from design_in_clock
        group by
            school_id,
            partnership_id,
            period_type,
            case when period_type = 'loop' then loop_no end,
            case when period_type = 'school_year' then school_year end,
            case when period_type = 'partnership_year' then partnership_year_no end
    ),
    -- the basic frame of the design, per teacher and per arena: full staff counts once per loop, teams once
    -- each
    frame as (
        select
            school_id,
            partnership_id,
            percentile_disc(0.5) within group (order by team_min + shared_min) as min_per_loop,
            sum(team_min + shared_min) as teacher_min,
            sum(team_min * active_teams_n + shared_min) as arena_min
        from design
        group by school_id, partnership_id
    ),
    -- C3: arenas of the agreement in force when the loop began, and which of them met
    version_of_loop as (
        select loop.school_id, loop.partnership_id, loop.loop_no, version.agreement_id, version.version_no
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
    ),
    agreed_arena as (
        select distinct version.school_id, version.partnership_id, version.loop_no, arena.arena
        from version_of_loop as version
        inner join
            {{ rows_of('stg_agreement_arena') }} as arena using (
                school_id, partnership_id, agreement_id, version_no
            )
    ),
    arena_of_loop as (
        select
            agreed.school_id,
            agreed.partnership_id,
            agreed.loop_no,
            agreed.arena,
            exists (
                select 1
                from meeting
                where
                    meeting.school_id = agreed.school_id
                    and meeting.partnership_id = agreed.partnership_id
                    and meeting.loop_no = agreed.loop_no
                    and meeting.arena = agreed.arena
            ) as has_met
        from agreed_arena as agreed
    ),
    arenas_of_loop as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(*) as agreed_n,
            count(*) filter (where has_met) as met_n,
            bool_or(arena = 'development_group') as has_group
        from arena_of_loop
        group by school_id, partnership_id, loop_no
    ),
    -- held loops whose meetings were delivered: one of them, or the word that there are no more; where more
    -- are
    -- to come, an arena without one may still have met
    with_meetings as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            coalesce(said.said in ('partial', 'delayed'), false) as is_partly_delivered
        from held_loop as loop
        left join
            said_of_loop as said
            on loop.school_id = said.school_id
            and loop.partnership_id = said.partnership_id
            and loop.loop_no = said.loop_no
            and said.file_type = 'meetings'
        where
            said.said = 'complete'
            or exists (
                select 1
                from meeting
                where
                    meeting.school_id = loop.school_id
                    and meeting.partnership_id = loop.partnership_id
                    and meeting.loop_no = loop.loop_no
            )
    ),
    met_in_clock as (
        select
            loop.school_id,
            loop.partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then loop.school_year end as school_year,
            case
                when clock.period_type = 'partnership_year' then loop.partnership_year_no
            end as partnership_year_no,
            count(distinct arena.arena) filter (where arena.has_met) as met_n,
            bool_or(with_meetings.is_partly_delivered) as is_partly_delivered,
            bool_or(loop.year_is_provisional) as year_is_provisional
        from held_loop as loop
        inner join with_meetings using (school_id, partnership_id, loop_no)
        inner join arena_of_loop as arena using (school_id, partnership_id, loop_no)
        cross join (values ('school_year'), ('partnership_year'), ('project')) as clock(period_type)
        group by
            loop.school_id,
            loop.partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then loop.school_year end,
            case when clock.period_type = 'partnership_year' then loop.partnership_year_no end
    ),
    -- the school's own model of how arenas feed each other, in the version in force at the loop's start
    expected_link as (
        select distinct loop.school_id, loop.partnership_id, loop.loop_no, link.from_arena, link.to_arena
        from held_loop as loop
        inner join
            {{ rows_of('stg_expected_arena_link') }} as link
            on loop.school_id = link.school_id
            and loop.partnership_id = link.partnership_id
            and link.first_loop_no <= loop.loop_no
            and (link.last_loop_no is null or link.last_loop_no >= loop.loop_no)
    ),
    realised_link as (
        select distinct school_id, partnership_id, loop_no, from_arena, to_arena
        from {{ rows_of('stg_arena_link') }} as link
    ),
    link_of_loop as (
        select
            expected.school_id,
            expected.partnership_id,
            expected.loop_no,
            count(*) as expected_n,
            count(realised.school_id) as realised_n
        from expected_link as expected
        left join realised_link as realised using (school_id, partnership_id, loop_no, from_arena, to_arena)
        group by expected.school_id, expected.partnership_id, expected.loop_no
    ),
    -- what was delivered of links, so that a loop without any may be told as a zero
    link_delivery as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            said.said,
            exists (
                select 1
                from realised_link as link
                where
                    link.school_id = loop.school_id
                    and link.partnership_id = loop.partnership_id
                    and link.loop_no = loop.loop_no
            ) as has_rows
        from held_loop as loop
        left join
            said_of_loop as said
            on loop.school_id = said.school_id
            and loop.partnership_id = said.partnership_id
            and loop.loop_no = said.loop_no
            and said.file_type = 'arena_links'
    ),
    -- C4: meetings of the development group, whether or not their loop was held, against the teams of that
    -- day
    group_meeting as (
        select
            meeting.school_id,
            meeting.partnership_id,
            meeting.loop_no,
            case when loop.loop_no is null then meeting.school_year else loop.school_year end as school_year,
            case
                when loop.loop_no is null then meeting.partnership_year_no else loop.partnership_year_no
            end as partnership_year_no,
            case
                when loop.loop_no is null then meeting.year_is_provisional else loop.year_is_provisional
            end as year_is_provisional,
            meeting.teams_represented_n,
            meeting.teams_of_day_n
        from meeting
        left join loop using (school_id, partnership_id, loop_no)
        where meeting.arena = 'development_group' and meeting.teams_represented_n is not null
    ),
    agreed_group as (
        select
            version.school_id, version.partnership_id, bool_or(arena.arena = 'development_group') as has_group
        from {{ rows_of('stg_agreement_version') }} as version
        inner join
            {{ rows_of('stg_agreement_arena') }} as arena using (
                school_id, partnership_id, agreement_id, version_no
            )
        group by version.school_id, version.partnership_id
    ),
    -- the last day of each period: teams that are active then have a representative or not
    last_day as (
        select
            school_id,
            partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then school_year end as school_year,
            case
                when clock.period_type = 'partnership_year' then partnership_year_no
            end as partnership_year_no,
            max(year_end) as on_day
        from {{ rows_of('int_school_year') }} as year
        cross join (values ('school_year'), ('partnership_year'), ('project')) as clock(period_type)
        where clock.period_type <> 'partnership_year' or partnership_year_no is not null
        group by
            school_id,
            partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then school_year end,
            case when clock.period_type = 'partnership_year' then partnership_year_no end
    ),
    membership as (
        select
            last_day.school_id,
            last_day.partnership_id,
            last_day.period_type,
            last_day.school_year,
            last_day.partnership_year_no,
            count(distinct team.team_id) filter (where team.has_representative) as represented_n,
            count(distinct team.team_id) filter (where team.representative_is_known) as known_n
        from last_day
        inner join
            team
            on last_day.school_id = team.school_id
            and last_day.partnership_id = team.partnership_id
            and last_day.on_day >= team.valid_from
            and (team.valid_to is null or last_day.on_day <= team.valid_to)
        group by
            last_day.school_id,
            last_day.partnership_id,
            last_day.period_type,
            last_day.school_year,
            last_day.partnership_year_no
    ),
    -- C5: completed team loops of which it is noted whether a leader was there
    leader_there as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(*) as known_n,
            count(*) filter (where leader_present = 'yes') as present_n
        from team_loop
        where status = 'completed' and leader_present is not null
        group by school_id, partnership_id, loop_no
    ),
    loop_value as (
        select
            school_id,
            partnership_id,
            loop_no,
            'C1' as indicator_id,
            '{}'::jsonb as slice,
            numerator::numeric as numerator,
            denominator::numeric as denominator,
            'sum' as aggregation,
            null::text as absence,
            null::text as only_clock,
            provisional_on,
            case when provisional_on is not null then 'partly_delivered' end as note
        from completed_team_loop
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'C2',
            jsonb_build_object('measure', 'planned_min', 'activity', activity.activity),
            activity.minutes,
            null,
            'median',
            case when activity.minutes is null then 'not_in_design' end,
            null,
            null,
            null
        from held_loop
        cross join
            lateral(
                values
                    ('planning', plan_planning_min),
                    ('research_lesson', plan_research_lesson_min),
                    ('evaluation', plan_evaluation_min),
                    ('full_staff_sharing', plan_full_staff_sharing_min),
                    ('joint_theorisation', plan_joint_theorisation_min)
            ) as activity(activity, minutes)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'C2',
            jsonb_build_object('measure', 'actual_min', 'activity', activity.activity),
            activity.minutes,
            null,
            'median',
            null,
            null,
            null,
            null
        from held_loop
        left join team_loop using (school_id, partnership_id, loop_no)
        cross join
            lateral(
                values
                    ('planning', team_loop.planning_min),
                    ('research_lesson', team_loop.research_lesson_min),
                    ('evaluation', team_loop.evaluation_min)
            ) as activity(activity, minutes)
        union all
        -- above 1 is a fact; where nothing was set aside the minutes add above, and nothing below
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            'C2',
            jsonb_build_object('measure', 'actual_against_planned', 'activity', activity.activity),
            case when activity.planned is not null and used.told_n > 0 then used.used end,
            case
                when activity.planned is not null and used.told_n > 0 then activity.planned * used.told_n
            end,
            'sum',
            case when activity.planned is null then 'not_in_design' end,
            null,
            null,
            null
        from held_loop as loop
        cross join
            lateral(
                values
                    ('planning', plan_planning_min),
                    ('research_lesson', plan_research_lesson_min),
                    ('evaluation', plan_evaluation_min)
            ) as activity(activity, planned)
        left join
            time_of_loop as used
            on loop.school_id = used.school_id
            and loop.partnership_id = used.partnership_id
            and loop.loop_no = used.loop_no
            and activity.activity = used.activity
        union all
        -- full staff meets once, however many teams are there
        select
            school_id,
            partnership_id,
            loop_no,
            'C2',
            jsonb_build_object('measure', 'actual_min', 'activity', activity.activity),
            coalesce(activity.minutes, told.no_minutes),
            null,
            'median',
            null,
            null,
            null,
            null
        from held_loop
        left join staff_time_of_loop as used using (school_id, partnership_id, loop_no)
        left join staff_time_told as told using (school_id, partnership_id, loop_no)
        cross join
            lateral(
                values
                    ('full_staff_sharing', used.sharing_min),
                    ('joint_theorisation', used.theorisation_min),
                    ('other', used.other_min)
            ) as activity(activity, minutes)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'C3',
            '{"measure": "arenas"}',
            case when with_meetings.loop_no is not null then arenas.met_n end,
            arenas.agreed_n,
            'sum',
            case when arenas.agreed_n is null and listed.school_id is not null then 'not_applicable' end,
            null,
            case when with_meetings.is_partly_delivered then 'every_clock' end,
            case when with_meetings.is_partly_delivered then 'partly_delivered' end
        from held_loop
        left join arenas_of_loop as arenas using (school_id, partnership_id, loop_no)
        left join with_meetings using (school_id, partnership_id, loop_no)
        -- without a list of agreed arenas nobody knows which they are
        left join
            (
                select distinct school_id, partnership_id from {{ rows_of('stg_agreement_arena') }} as arena
            ) as listed using (school_id, partnership_id)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'C3',
            '{"measure": "links"}',
            case when delivered.has_rows or delivered.said = 'complete' then link.realised_n end,
            link.expected_n,
            'sum',
            case
                when link.expected_n is null
                then 'not_applicable'
                when delivered.said = 'not_in_design'
                then 'not_in_design'
            end,
            null,
            case when delivered.said in ('partial', 'delayed') then 'every_clock' end,
            case when delivered.said in ('partial', 'delayed') then 'partly_delivered' end
        from held_loop
        left join link_of_loop as link using (school_id, partnership_id, loop_no)
        left join link_delivery as delivered using (school_id, partnership_id, loop_no)
        union all
        -- held loops of which no meeting of the group is known; an agreement without a development group
        -- asks nothing of one
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            'C4',
            '{"measure": "attendance"}',
            null,
            null,
            'sum',
            case
                when not arenas.has_group
                then 'not_applicable'
                when said.said = 'complete'
                then 'not_applicable'
            end,
            null,
            null,
            null
        from held_loop as loop
        left join arenas_of_loop as arenas using (school_id, partnership_id, loop_no)
        left join
            said_of_loop as said
            on loop.school_id = said.school_id
            and loop.partnership_id = said.partnership_id
            and loop.loop_no = said.loop_no
            and said.file_type = 'meetings'
        where
            arenas.has_group is false
            or not exists (
                select 1
                from group_meeting
                where
                    group_meeting.school_id = loop.school_id
                    and group_meeting.partnership_id = loop.partnership_id
                    and group_meeting.loop_no = loop.loop_no
            )
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'C5',
            '{}',
            leader.present_n,
            leader.known_n,
            'sum',
            completion.absence_of_completed,
            null,
            null,
            null
        from held_loop
        inner join
            {{ rows_of('int_loop_completion') }} as completion using (school_id, partnership_id, loop_no)
        left join leader_there as leader using (school_id, partnership_id, loop_no)
    ),
    clock_value as (
        select
            school_id,
            partnership_id,
            loop_no,
            school_year,
            partnership_year_no,
            'C2' as indicator_id,
            '{"measure": "share_evaluation_and_sharing"}'::jsonb as slice,
            numerator::numeric as numerator,
            denominator::numeric as denominator,
            null::text as absence,
            period_type as only_clock,
            case when year_is_provisional then 'school_year' end as provisional_on,
            null::text as note
        from share_of_design
        union all
        select
            school_id,
            partnership_id,
            null,
            null,
            null,
            'C2',
            measure.slice::jsonb,
            measure.amount,
            null,
            null,
            'project',
            null,
            null
        from frame
        cross join
            lateral(
                values
                    ('{"measure": "planned_min_per_teacher_per_loop"}', min_per_loop::numeric),
                    ('{"measure": "planned_hours_per_teacher_project"}', teacher_min / 60.0),
                    ('{"measure": "planned_arena_hours_project"}', arena_min / 60.0)
            ) as measure(slice, amount)
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            'C3',
            '{"measure": "distinct_arenas"}',
            met_n,
            null,
            null,
            period_type,
            case when is_partly_delivered then 'every_clock' when year_is_provisional then 'school_year' end,
            case when is_partly_delivered then 'partly_delivered' end
        from met_in_clock
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            'C4',
            '{"measure": "membership"}',
            case when has_group is not false and known_n > 0 then represented_n end,
            case when has_group is not false then nullif(known_n, 0) end,
            case when not has_group then 'not_applicable' end,
            period_type,
            null,
            null
        from membership
        left join agreed_group using (school_id, partnership_id)
        union all
        select
            meeting.school_id,
            meeting.partnership_id,
            meeting.loop_no,
            meeting.school_year,
            meeting.partnership_year_no,
            'C4',
            '{"measure": "attendance"}',
            -- teams that nobody registered for that day are not known, which is not none
            case when meeting.teams_of_day_n > 0 then meeting.teams_represented_n end,
            nullif(meeting.teams_of_day_n, 0),
            null,
            null,
            case when meeting.year_is_provisional then 'school_year' end,
            null
        from group_meeting as meeting
        left join agreed_group using (school_id, partnership_id)
        left join arenas_of_loop as arenas using (school_id, partnership_id, loop_no)
        where coalesce(arenas.has_group, agreed_group.has_group) is not false
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
    value.aggregation,
    null::text as comparison_family,
    value.only_clock,
    coalesce(
        value.provisional_on, case when loop.year_is_provisional then 'school_year' end
    ) as provisional_on,
    value.note
from loop_value as value
inner join loop using (school_id, partnership_id, loop_no)
union all
select
    school_id,
    partnership_id,
    loop_no,
    school_year,
    partnership_year_no,
    null,
    indicator_id,
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
from clock_value
