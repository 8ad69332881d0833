select row.school_id, row.file_id, row.row_number, row.meeting_id as value
from {{ rows }} as row
where
    exists (
        select 1
        from {{ mirror_item }} as item
        inner join {{ loop }} as loop using (school_id, partnership_id, loop_no)
        inner join {{ meeting }} as meeting using (school_id)
        where
            item.school_id = row.school_id
            and item.mirror_id = row.mirror_id
            and meeting.meeting_id = row.meeting_id
            and meeting.meeting_date < coalesce(loop.actual_start, loop.planned_start)
    )
