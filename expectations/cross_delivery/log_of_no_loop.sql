select row.school_id, row.file_id, min(row.row_number) as row_number, row.loop_no::text as value
from {{ rows }} as row
where
    exists (select 1 from {{ loop }} as loop where loop.school_id = row.school_id)
    and not exists (
        select 1
        from {{ loop }} as loop
        where
            loop.school_id = row.school_id
            and loop.partnership_id = row.partnership_id
            and loop.loop_no = row.loop_no
    )
group by row.school_id, row.file_id, row.partnership_id, row.loop_no
