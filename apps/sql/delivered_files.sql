-- Files of one school, the newest first.
select
    file_id,
    file_name,
    to_char(received_on, 'DD.MM.YYYY') as received,
    status,
    rows_read,
    rows_landed,
    rows_held_back
from inbox.file
where school_id = %(school)s
order by file_id desc
