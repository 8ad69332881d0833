{{ config(indexes=[{'columns': ['school_id', 'meeting_id'], 'unique': true}]) }}
-- Grain: one row per school and meeting; a meeting of the full staff is one meeting however many teams were there.
with latest as (
    select distinct on (school_id, meeting_id) *
    from {{ ref('staging__meeting') }}
    where school_id in (select school_id from {{ ref('staging__changed_school') }})
    order by school_id, meeting_id, file_id desc
),

activities as (
    select school_id, meeting_id, file_id, array_agg(distinct activity_code order by activity_code) as activity_codes
    from {{ ref('staging__meeting_activity') }}
    where school_id in (select school_id from {{ ref('staging__changed_school') }})
    group by school_id, meeting_id, file_id
),

-- The loop is found by its number; where two partnerships have that number, by the manifest, then by the nearest dates.
linked as (
    select distinct on (meeting.school_id, meeting.meeting_id)
        meeting.school_id,
        meeting.meeting_id,
        loops.partnership_id
    from latest as meeting
    join {{ ref('staging__current_delivery') }} as delivery
        on delivery.school_id = meeting.school_id and delivery.file_type = 'meetings' and delivery.period = meeting.period
    join {{ ref('intermediate__loop') }} as loops
        on loops.school_id = meeting.school_id and loops.loop_no = meeting.loop_no
    order by
        meeting.school_id,
        meeting.meeting_id,
        (loops.partnership_id = delivery.partnership_id) desc nulls last,
        abs(meeting.meeting_date - coalesce(loops.actual_start, loops.planned_start))
),

active_teams as (
    select meeting.school_id, meeting.meeting_id, count(distinct team.team_id) as active_teams
    from latest as meeting
    join {{ ref('intermediate__team') }} as team
        on team.school_id = meeting.school_id
        and meeting.meeting_date between team.active_from and coalesce(team.active_to, 'infinity')
    where meeting.arena = 'development_group'
    group by meeting.school_id, meeting.meeting_id
)

select
    meeting.school_id,
    meeting.meeting_id,
    meeting.meeting_date,
    meeting.arena,
    linked.partnership_id,
    case when linked.partnership_id is not null then meeting.loop_no end as loop_no,
    meeting.loop_relation,
    meeting.minutes,
    meeting.teams_represented_n,
    active_teams.active_teams,
    meeting.te_mode,
    coalesce(activities.activity_codes, '{}') as activity_codes,
    calendar.school_year,
    coalesce(meeting.assumed_columns, '') as assumed_columns,
    meeting.file_id,
    meeting.row_number
from latest as meeting
left join activities using (school_id, meeting_id, file_id)
left join linked using (school_id, meeting_id)
left join active_teams using (school_id, meeting_id)
left join {{ ref('intermediate__school_year') }} as calendar
    on calendar.school_id = meeting.school_id
    and meeting.meeting_date >= calendar.year_start
    and meeting.meeting_date < calendar.next_year_start
