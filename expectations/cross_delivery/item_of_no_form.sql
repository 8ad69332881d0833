select row.school_id, row.file_id, row.row_number, row.item_id as value
from {{ rows }} as row
where
    exists (
        select 1
        from {{ log_instrument }} as form
        where
            form.school_id = row.school_id and form.log_instrument_version_id = row.log_instrument_version_id
    )
    and not exists (
        select 1
        from {{ log_instrument }} as form
        where
            form.school_id = row.school_id
            and form.log_instrument_version_id = row.log_instrument_version_id
            and form.item_id = row.item_id
    )
