-- One indicator in one period for each school in sight, also for schools without a value.
-- What is told within a school only never stands beside another's.
select
    school.school_id,
    school.school_code,
    school.name,
    school.size_band,
    school.municipality_no,
    school.invited_only,
    value.slice::text as slice,
    value.numerator::float,
    value.numerator_high::float,
    value.denominator::float,
    value.value::float,
    value.value_high::float,
    value.value_below::float,
    value.unit,
    coalesce(value.status, 'not_collected') as status,
    value.status_reason,
    coalesce(value.bound, '=') as bound,
    value.comparability,
    value.comparability_reason,
    value.coverage_observed,
    value.coverage_expected,
    value.partnership_id,
    value.period_type,
    value.period,
    value.indicator_id,
    value.comparison_family,
    value.n_respondents,
    value.interval_low::float,
    value.interval_high::float,
    value.definition_version,
    value.comparability_class,
    value.n_band
from published.school as school
left join
    published.seen_value as value
    on value.school_id = school.school_id
    and value.indicator_id = %(indicator)s
    and value.period_type = %(kind)s
    and value.period = %(period)s
    and value.comparability_class <> 'K3'
    and value.definition_version
    = (select definition_version from published.indicator where indicator_id = %(indicator)s and is_current)
order by school.school_code, value.slice::text
