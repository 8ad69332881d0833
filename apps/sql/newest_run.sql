-- The newest run, in Norwegian time, and what it did with files and rows.
select
    to_char(run.started_at at time zone 'Europe/Oslo', 'DD.MM.YYYY') as day,
    to_char(run.started_at at time zone 'Europe/Oslo', 'HH24:MI') as began,
    to_char(run.finished_at at time zone 'Europe/Oslo', 'HH24:MI') as ended,
    coalesce(run.outcome, 'open') as outcome,
    (select count(*) from inbox.file where status = 'landed') as files_landed,
    (select count(*) from inbox.file where status = 'rejected') as files_rejected,
    (select coalesce(sum(rows_read), 0) from inbox.file)::int as rows_read,
    (select coalesce(sum(rows_landed), 0) from inbox.file)::int as rows_landed,
    (select coalesce(sum(rows_held_back), 0) from inbox.file)::int as rows_held_back
from quality.run as run
order by run.started_at desc
limit 1
