-- grain: one row per school and meeting, with the partnership it belongs to: that of its loop, or the agreement in force that day
with activity as (
    select
        school_id,
        meeting_id,
        count(*) as activities_n,
        bool_or(activity_code = 'mirror_data') as has_mirror_data,
        bool_or(activity_code = 'metacommunication') as has_metacommunication,
        bool_or(activity_code = 'experience_sharing') as has_experience_sharing,
        bool_or(activity_code = 'theorisation') as has_theorisation
    from {{ rows_of('stg_meeting_activity') }} as delivered
    group by 1, 2
),
-- a school in two partnerships has two loops of one number: the meeting belongs to the one nearest in time, never to both
candidate as (
    select
        meeting.school_id,
        meeting.meeting_id,
        member.partnership_id,
        row_number() over (
            partition by meeting.school_id, meeting.meeting_id
            order by
                loop.loop_no is null,
                abs(meeting.meeting_date - coalesce(loop.actual_start, loop.planned_start)),
                meeting.meeting_date not between member.agreed_from and coalesce(member.agreed_to, 'infinity'::date),
                member.partnership_id
        ) as nearest_first
    from {{ rows_of('stg_meeting') }} as meeting
    inner join {{ rows_of('int_partnership_school') }} as member using (school_id)
    left join {{ rows_of('int_loop') }} as loop
        on member.school_id = loop.school_id
        and member.partnership_id = loop.partnership_id
        and meeting.loop_no = loop.loop_no
)
select
    meeting.school_id,
    candidate.partnership_id,
    meeting.meeting_id,
    meeting.meeting_date,
    meeting.arena,
    meeting.loop_no,
    meeting.loop_relation,
    meeting.minutes,
    meeting.te_mode,
    meeting.teams_represented_n,
    meeting.leaders_n,
    activity.activities_n,
    activity.has_mirror_data,
    activity.has_metacommunication,
    activity.has_experience_sharing,
    activity.has_theorisation,
    year.school_year,
    year.partnership_year_no
from {{ rows_of('stg_meeting') }} as meeting
inner join candidate
    on meeting.school_id = candidate.school_id
    and meeting.meeting_id = candidate.meeting_id
    and candidate.nearest_first = 1
left join activity on meeting.school_id = activity.school_id and meeting.meeting_id = activity.meeting_id
left join {{ rows_of('int_school_year') }} as year
    on meeting.school_id = year.school_id
    and candidate.partnership_id = year.partnership_id
    and meeting.meeting_date >= year.year_start
    and meeting.meeting_date < year.before_day
