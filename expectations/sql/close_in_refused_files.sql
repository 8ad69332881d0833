update quality.finding as finding set state = 'settled'
from inbox.file as file
where
    finding.state = 'open'
    and finding.file_id = file.file_id
    and file.status = 'rejected'
    and file.school_id = any(%(schools)s)
    and exists (
        select 1 from inbox.file as later
        where
            later.school_id = file.school_id
            and later.file_name = file.file_name
            and later.file_id > file.file_id
            and later.status <> 'rejected'
    )
