-- The lines through the school's unbroken years, by the definitions in force.
select
    trend.partnership_id,
    trend.indicator_id,
    trend.slice::text as slice,
    trend.first_year,
    trend.last_year,
    trend.years_n,
    trend.direction,
    trend.slope_low::float,
    trend.slope_high::float,
    trend.smallest_visible::float
from published.trend as trend
inner join published.indicator as indicator using (indicator_id, definition_version)
where indicator.is_current and trend.school_id = %(school)s and indicator.family = %(family)s
