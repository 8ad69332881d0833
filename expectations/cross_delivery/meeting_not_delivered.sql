select row.school_id, row.file_id, row.row_number, row.meeting_id as value
from {{ rows }} as row
where
    not exists (
        select 1
        from {{ meeting }} as meeting
        where meeting.school_id = row.school_id and meeting.meeting_id = row.meeting_id
    )
