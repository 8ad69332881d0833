select failed.school_id, failed.control, failed.found_n, file.file_id, file.file_name
from marts.failed_control as failed
inner join staging.stg_changed_school as changed using (school_id)
cross join
    lateral(
        select file_id, file_name
        from inbox.file
        where
            file.school_id = failed.school_id
            and file.checked_by_run is not null
            and file.status <> 'rejected'
        order by file_id desc
        limit 1
    ) as file
order by failed.school_id, failed.control
