with
    seen as (
        select
            finding.finding_id,
            exists (
                select 1
                from {{ current }} as again
                where again.file_id > old.file_id and {{ same_words }} and not {{ still }}
            ) as is_right,
            exists (
                select 1
                from inbox.delivery as before
                inner join quality.current_delivery as now using (school_id, file_type, period)
                where
                    before.school_id = old.school_id
                    and before.file_id = old.file_id
                    and before.file_type = '{{ file_type }}'
            )
            and not exists (
                select 1
                from quality.current_delivery as now
                where
                    now.school_id = old.school_id
                    and now.file_type = '{{ file_type }}'
                    and now.file_id = old.file_id
            ) as is_replaced
        from quality.finding as finding
        inner join landed.held_back_row as old using (file_id, file_type, row_number)
        where
            finding.state = 'open'
            and finding.file_type = '{{ file_type }}'
            and old.stage = 'ingest'
            and old.school_id = any(%(schools)s)
    )
    update quality.finding as finding set state = case when seen.is_right then 'settled' else 'answered' end
from seen
where finding.finding_id = seen.finding_id and (seen.is_right or seen.is_replaced)
