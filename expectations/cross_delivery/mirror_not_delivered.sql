select row.school_id, row.file_id, row.row_number, row.mirror_id as value
from {{ rows }} as row
where
    not exists (
        select 1
        from {{ mirror_item }} as mirror_item
        where mirror_item.school_id = row.school_id and mirror_item.mirror_id = row.mirror_id
    )
