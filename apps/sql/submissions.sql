-- What was sent in from the app for one school, the newest first, and how far it has come.
select
    submission_id,
    to_char(sent_at at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI') as sent,
    file_name,
    rows_read,
    rows_held_back,
    state
from authz.submissions()
where school_id = %(school)s
order by submission_id desc
