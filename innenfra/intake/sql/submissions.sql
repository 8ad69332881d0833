-- What was sent in for one school, or for all that one sees where none is named, the newest first, and how
-- far it has come.
select
    submission_id,
    to_char(sent_at at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI') as sent,
    school_id,
    file_name,
    rows_read,
    rows_held_back,
    state
from authz.submissions()
where %(school)s in ('', school_id)
order by submission_id desc
