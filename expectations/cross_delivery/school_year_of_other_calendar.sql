select row.school_id, row.file_id, row.row_number, row.school_year as value
from {{ rows }} as row
where
    row.actual_start is not null
    and exists (
        select 1
        from {{ school_year }} as year
        where year.school_id = row.school_id and row.actual_start between year.year_start and year.year_end
    )
    and not exists (
        select 1
        from {{ school_year }} as year
        where
            year.school_id = row.school_id
            and year.school_year = row.school_year
            and row.actual_start between year.year_start and year.year_end
    )
