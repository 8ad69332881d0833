-- Values that the asker sees of some schools and of the owner above them, by the definitions in force.
select
    value.unit_level,
    value.unit_id,
    value.school_id,
    value.partnership_id,
    value.indicator_id,
    value.definition_version,
    value.comparability_class,
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
    value.n_respondents,
    value.interval_low::float,
    value.interval_high::float,
    value.coverage_observed,
    value.coverage_expected,
    value.status,
    value.status_reason,
    value.note,
    value.bound,
    value.break_before,
    indicator.family,
    indicator.sort_no
from published.seen_value as value
inner join published.indicator as indicator using (indicator_id, definition_version)
where
    indicator.is_current
    and (
        value.school_id = any(%(schools)s)
        or (value.school_id is null and value.unit_level = 'school_owner' and value.unit_id = %(owner)s)
    )
    and (value.partnership_id = %(partnership)s or %(partnership)s = '' or value.partnership_id is null)
    and value.period_type = any(%(clocks)s)
    and value.period = any(%(periods)s)
order by
    indicator.sort_no, value.slice::text, value.unit_level, value.unit_id, value.partnership_id, value.period
