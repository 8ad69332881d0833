-- Within which limits schools lie by chance alone, by band of people who answered.
select slice::text as slice, comparison_family, n_band, low_95::float, high_95::float
from published.funnel_limit as limits
inner join published.indicator as indicator using (indicator_id, definition_version)
where indicator.is_current and indicator_id = %(indicator)s and period_type = %(kind)s and period = %(period)s
order by n
