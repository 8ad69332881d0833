select row.school_id, row.file_id, row.row_number, row.phase_no::text as value
from {{ rows }} as row
inner join
    lateral(
        select loop.template_status, loop.template_version_id
        from {{ loop }} as loop
        where
            loop.school_id = row.school_id
            and loop.partnership_id = row.partnership_id
            and loop.loop_no = row.loop_no
        order by loop.file_id desc
        limit 1
    ) as loop
    on true
where
    loop.template_status not in ('in_use', 'own_template')
    or loop.template_version_id is distinct from row.template_version_id
    -- a template of the school's own has phases where it was delivered as a version
    or (
        loop.template_status = 'own_template'
        and not exists (
            select 1
            from {{ template_version }} as known
            where known.school_id = row.school_id and known.template_version_id = row.template_version_id
        )
    )
    or (
        exists (
            select 1
            from {{ template_version }} as known
            where known.school_id = row.school_id and known.template_version_id = row.template_version_id
        )
        and not exists (
            select 1
            from {{ template_version }} as known
            where
                known.school_id = row.school_id
                and known.template_version_id = row.template_version_id
                and known.phase_no = row.phase_no
        )
    )
