select
    submission.submission_id,
    submission.sent_at,
    submission.school_id,
    submission.file_name,
    submission.rows_read,
    submission.rows_held_back,
    file.file_id,
    case
        when submission.taken_back_at is not null
        then 'taken_back'
        when file.file_id is null
        then 'received'
        when file.status = 'rejected'
        then 'refused'
        when file.checked_by_run is null
        then 'taken_in'
        when not exists (select 1 from quality.current_delivery as now where now.file_id = file.file_id)
        then 'replaced'
        when
            exists (
                select 1
                from published.release as release
                where release.state = 'published' and release.released_at > run.finished_at
            )
        then 'released'
        when run.outcome = 'succeeded'
        then 'in_numbers'
        else 'checked'
    end
from dialogue.submission as submission
left join
    lateral(
        select file_id, status, checked_by_run
        from inbox.file as file
        where file.sha256 = submission.sha256 and file.school_id = submission.school_id
        order by file_id
        limit 1
    ) as file
    on true
left join quality.run as run on run.run_id = file.checked_by_run
where submission.school_id = any(authz.visible_schools())
order by submission.submission_id desc
