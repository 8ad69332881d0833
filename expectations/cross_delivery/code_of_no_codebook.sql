select row.school_id, row.file_id, row.row_number, row.code as value
from {{ rows }} as row
where
    not exists (
        select 1
        from {{ codebook }} as codebook
        where
            codebook.school_id = row.school_id
            and codebook.codebook_version_id = row.codebook_version_id
            and codebook.code = row.code
    )
