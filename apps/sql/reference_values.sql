-- What shares of people in one period are held against: one row per slice and family.
select
    slice::text as slice,
    comparison_family,
    schools_n,
    low_quarter::float,
    low_quarter_high::float,
    median::float,
    median_high::float,
    high_quarter::float,
    high_quarter_high::float
from published.reference_value as reference
inner join published.indicator as indicator using (indicator_id, definition_version)
where
    indicator.is_current
    and rests_on_people
    and indicator_id = %(indicator)s
    and period_type = %(kind)s
    and period = %(period)s
