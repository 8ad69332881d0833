-- What school owners follow, by school year: loops against the agreement of each school in sight, and all
-- sums
-- of the one unit above them.
select
    value.unit_level,
    value.unit_id,
    value.school_id,
    value.partnership_id,
    value.definition_version,
    value.comparability_class,
    value.indicator_id,
    value.period_type,
    value.period,
    value.slice::text as slice,
    value.numerator::float,
    value.numerator_high::float,
    value.denominator::float,
    value.value::float,
    value.value_high::float,
    value.value_below::float,
    value.unit,
    value.status,
    value.status_reason,
    value.bound,
    value.n_respondents,
    value.coverage_observed,
    value.coverage_expected
from published.indicator_value as value
inner join published.indicator as indicator using (indicator_id, definition_version)
where
    indicator.is_current
    and value.period_type = 'school_year'
    and value.comparability_class = 'K1'
    and value.indicator_id in ('A1', 'A6', 'C1', 'C3', 'C4', 'I1', 'I2', 'U1')
    and (
        value.school_id is not null
        and value.indicator_id = 'A1'
        and value.slice = '{}'
        or value.unit_level = %(level)s
        and value.unit_id = %(unit)s
    )
order by indicator.sort_no, value.period, value.slice::text, value.unit_id
