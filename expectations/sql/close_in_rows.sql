update quality.finding as finding
set state = case
    when exists (select 1 from {{ current }} as again where {{ same_key }} and not {{ still }})
    then 'settled'
    else 'answered'
end
from landed.{{ table }} as old
where
    finding.state = 'open'
    and finding.file_type = '{{ file_type }}'
    and old.school_id = any(%(schools)s)
    and old.file_id = finding.file_id
    and old.row_number = finding.row_number
    and not exists (
        select 1 from {{ current }} as now
        where now.school_id = old.school_id and now.file_id = old.file_id and now.row_number = old.row_number
    )
