-- What schools have said to everybody about the numbers of some periods, the newest first.
select school_id, indicator_id, period_type, period, comment
from published.member_check
where school_id = any(%(schools)s) and comment is not null and comment <> ''
order by member_check_id desc
