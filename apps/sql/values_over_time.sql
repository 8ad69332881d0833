-- All values of one school in one family of indicators, over the periods of one clock.
select
    value.school_id,
    value.partnership_id,
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
    value.break_before,
    value.break_reason,
    value.comparability,
    value.comparability_reason,
    value.definition_version,
    value.comparability_class,
    value.comparison_family,
    value.n_respondents,
    value.interval_low::float,
    value.interval_high::float,
    value.change_comparability,
    value.change_reason
from published.seen_value as value
inner join published.indicator as indicator using (indicator_id, definition_version)
where
    indicator.is_current
    and value.school_id = %(school)s
    and value.period_type = %(kind)s
    and indicator.family = %(family)s
order by indicator.sort_no, value.slice::text, value.partnership_id, length(value.period), value.period
