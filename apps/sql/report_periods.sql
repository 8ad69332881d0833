-- Loops of a school, or school years of the schools, that there are values of; the newest first.
select period
from published.seen_value
where period_type = %(clock)s and school_id is not null and (school_id = %(school)s or %(school)s = '')
group by period
order by length(period) desc, period desc
