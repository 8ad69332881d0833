{{ config(alias='meeting', tags=['candidate']) }}
-- grain: one row per school, partnership and meeting
-- depends_on: {{ ref('failed_control') }}
select
    meeting.school_id,
    meeting.partnership_id,
    meeting.meeting_id,
    meeting.meeting_date,
    meeting.arena,
    meeting.loop_no,
    dated.school_year,
    meeting.loop_relation,
    meeting.minutes,
    meeting.group_format,
    meeting.teachers_n,
    meeting.process_leaders_n,
    meeting.leaders_n,
    meeting.teacher_educators_n,
    meeting.teams_represented_n,
    meeting.te_mode
from {{ ref('stg_meeting') }} as meeting
inner join {{ ref('int_meeting') }} as dated using (school_id, partnership_id, meeting_id)
