select case when outcome in ('failed', 'interrupted') then coalesce(finished_at, started_at) end
from quality.run
where finished_at is not null
order by started_at desc
limit 1
