select row.school_id, row.file_id, row.row_number, row.actual_start::text as value
from {{ rows }} as row
where
    row.actual_start is not null
    and not exists (
        select 1
        from {{ agreement_version }} as version
        where
            version.school_id = row.school_id
            and version.partnership_id = row.partnership_id
            and row.actual_start >= version.valid_from
            and (version.valid_to is null or row.actual_start <= version.valid_to)
    )
