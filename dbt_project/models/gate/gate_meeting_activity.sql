{{ config(alias='meeting_activity', tags=['candidate']) }}
-- grain: one row per school, partnership, meeting and activity
-- depends_on: {{ ref('failed_control') }}
select
    activity.school_id,
    activity.partnership_id,
    activity.meeting_id,
    meeting.loop_no,
    meeting.school_year,
    activity.activity_code,
    activity.led_by
from {{ ref('stg_meeting_activity') }} as activity
inner join {{ ref('int_meeting') }} as meeting using (school_id, partnership_id, meeting_id)
