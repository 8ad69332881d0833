update quality.finding as finding
set state = case
    when exists (
        select 1 from quality.finding as still
        inner join quality.current_delivery as now using (file_id, file_type)
        where
            now.school_id = file.school_id
            and still.file_type = finding.file_type
            and still.row_number is null
            and still.rule = finding.rule
            and still.state = 'open'
            and still.file_id <> finding.file_id
    )
    then 'answered'
    else 'settled'
end
from inbox.file as file
where
    finding.state = 'open'
    and finding.file_type is not null
    and finding.row_number is null
    and file.file_id = finding.file_id
    and file.school_id = any(%(schools)s)
    and exists (
        select 1 from inbox.delivery as before
        inner join quality.current_delivery as now using (school_id, file_type, period)
        where before.file_id = finding.file_id and before.file_type = finding.file_type
    )
    and not exists (
        select 1 from quality.current_delivery as now
        where
            now.school_id = file.school_id
            and now.file_type = finding.file_type
            and now.file_id = finding.file_id
    )
