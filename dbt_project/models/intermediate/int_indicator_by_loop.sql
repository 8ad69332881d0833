-- grain: one row per school, partnership, loop, indicator and slice; a null numerator means that the loop was not observed
with completed_loop as (
    select * from {{ ref('int_loop') }} where is_completed
),
team_loop as (
    select
        school_id,
        partnership_id,
        loop_no,
        count(*) as rows_n,
        count(*) filter (where status = 'completed') as completed_n,
        count(*) filter (where status = 'cancelled_agreed') as cancelled_agreed_n,
        count(*) filter (where te_in_planning = 'yes' or te_in_evaluation = 'yes') as te_in_team_n,
        count(*) filter (where te_in_research_lesson = 'yes') as te_in_lesson_n
    from {{ ref('stg_team_loop') }}
    group by 1, 2, 3
),
meeting as (
    select
        meeting.*,
        activity.has_mirror_data
    from {{ ref('stg_meeting') }} as meeting
    left join (
        select school_id, meeting_id, bool_or(activity_code = 'mirror_data') as has_mirror_data
        from {{ ref('stg_meeting_activity') }}
        group by 1, 2
    ) as activity using (school_id, meeting_id)
),
loop_meeting as (
    select
        loop.school_id,
        loop.partnership_id,
        loop.loop_no,
        count(*) as rows_n,
        bool_or(meeting.arena = 'full_staff' and meeting.te_mode in ('led', 'took_part')) as te_in_full_staff,
        bool_or(meeting.loop_relation = 'after' and meeting.arena in ('development_group', 'leadership') and meeting.te_mode in ('led', 'took_part')) as te_after_loop,
        bool_or(meeting.has_mirror_data and meeting.meeting_date >= loop.actual_start and (loop.next_loop_start is null or meeting.meeting_date < loop.next_loop_start)) as mirror_returned,
        min(meeting.meeting_date - loop.actual_end) filter (where meeting.has_mirror_data and meeting.meeting_date >= loop.actual_start) as mirror_days
    from completed_loop as loop
    inner join meeting on loop.school_id = meeting.school_id and loop.loop_no = meeting.loop_no
    group by 1, 2, 3
),
represented as (
    select
        loop.school_id,
        loop.partnership_id,
        loop.loop_no,
        sum(meeting.teams_represented_n) as represented_n,
        sum(loop.active_teams_n) as active_n
    from completed_loop as loop
    inner join meeting on loop.school_id = meeting.school_id and loop.loop_no = meeting.loop_no
    where meeting.arena = 'development_group' and meeting.teams_represented_n is not null
    group by 1, 2, 3
),
log_round as (
    select school_id, partnership_id, loop_no, sum(submitted_n) as submitted_n, sum(invited_n) as invited_n, max(submitted_n) as respondents_n
    from {{ ref('int_log_round') }}
    group by 1, 2, 3
),
value as (
    select school_id, partnership_id, loop_no, 'C1' as indicator_id, '{}'::jsonb as slice, t.completed_n::numeric as numerator, (l.active_teams_n - t.cancelled_agreed_n)::numeric as denominator, null::bigint as n_respondents
    from completed_loop as l left join team_loop as t using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "team", "grain": "loop"}', (t.te_in_team_n > 0)::int, 1, null
    from completed_loop left join team_loop as t using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "team", "grain": "team_loop"}', t.te_in_team_n, t.rows_n, null
    from completed_loop left join team_loop as t using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "research_lesson", "grain": "loop"}', (t.te_in_lesson_n > 0)::int, 1, null
    from completed_loop left join team_loop as t using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "research_lesson", "grain": "team_loop"}', t.te_in_lesson_n, t.rows_n, null
    from completed_loop left join team_loop as t using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "full_staff", "grain": "loop"}', m.te_in_full_staff::int, 1, null
    from completed_loop left join loop_meeting as m using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'A4', '{"arena": "post_loop_meeting", "grain": "loop"}', m.te_after_loop::int, 1, null
    from completed_loop left join loop_meeting as m using (school_id, partnership_id, loop_no)
    union all
    -- loops with no data round leave the denominator
    select school_id, partnership_id, loop_no, 'A5', '{}', case when g.loop_no is not null and m.rows_n > 0 then coalesce(m.mirror_returned, false)::int end, 1, null
    from completed_loop left join loop_meeting as m using (school_id, partnership_id, loop_no) left join log_round as g using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'C4', '{"measure": "attendance"}', r.represented_n, r.active_n, null
    from completed_loop left join represented as r using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'U1', '{}', 1, null, null
    from completed_loop
    union all
    select school_id, partnership_id, loop_no, 'E3', '{}', g.submitted_n, g.invited_n, g.respondents_n
    from completed_loop left join log_round as g using (school_id, partnership_id, loop_no)
)
select value.*, loop.school_year, loop.partnership_year_no, loop.design_version, loop.log_instrument_version_id, loop.method, mirror.mirror_days
from value
inner join completed_loop as loop using (school_id, partnership_id, loop_no)
left join loop_meeting as mirror using (school_id, partnership_id, loop_no)
