-- The newest runs.
select
    to_char(started_at at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI') as started,
    to_char(finished_at at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI') as finished,
    outcome,
    run_id
from quality.run
order by started_at desc
limit 10
