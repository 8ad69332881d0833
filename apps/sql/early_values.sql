-- A school's own values in one family of indicators and by one clock that the release does not tell yet.
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
    value.unit,
    value.status,
    value.status_reason,
    value.bound,
    value.n_respondents,
    value.interval_low::float,
    value.interval_high::float,
    value.mark
from published.early_value as value
inner join published.indicator as indicator using (indicator_id, definition_version)
where
    indicator.is_current
    and value.school_id = %(school)s
    and value.period_type = %(kind)s
    and indicator.family = %(family)s
order by indicator.sort_no, value.slice::text, value.partnership_id, length(value.period), value.period
