-- The periods of an indicator by every clock, with how many schools have a number, the newest last.
select period_type, period, count(distinct school_id) filter (where value is not null) as schools_n
from published.seen_value
where indicator_id = %(indicator)s and school_id is not null and comparability_class <> 'K3'
group by period_type, period
order by period_type, length(period), period
