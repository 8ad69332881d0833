select row.school_id, row.file_id, row.row_number, row.loop_no::text as value
from {{ rows }} as row
where
    row.loop_no > 1
    and not exists (
        select 1
        from {{ loop }} as before
        where
            before.school_id = row.school_id
            and before.partnership_id = row.partnership_id
            and before.loop_no = row.loop_no - 1
    )
