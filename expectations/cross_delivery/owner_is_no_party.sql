select row.school_id, row.file_id, row.row_number, row.assessed_by as value
from {{ rows }} as row
where
    row.assessed_by = 'school_owner'
    and 'yes' is distinct from (
        select version.owner_is_party
        from {{ agreement_version }} as version
        where
            version.school_id = row.school_id
            and version.agreement_id = row.agreement_id
            and version.version_no = row.version_no
        order by version.file_id desc
        limit 1
    )
