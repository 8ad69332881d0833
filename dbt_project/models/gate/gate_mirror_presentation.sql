{{ config(alias='mirror_presentation', tags=['candidate']) }}
-- grain: one row per school, partnership, item of mirror data and meeting
-- depends_on: {{ ref('failed_control') }}
select
    shown.school_id,
    shown.partnership_id,
    item.loop_no,
    shown.mirror_id,
    shown.meeting_id,
    meeting.meeting_date,
    meeting.arena,
    item.is_unrecognised,
    item.author_id
from {{ ref('stg_mirror_presentation') }} as shown
inner join {{ ref('gate_mirror_item') }} as item using (school_id, partnership_id, mirror_id)
left join {{ ref('stg_meeting') }} as meeting using (school_id, partnership_id, meeting_id)
