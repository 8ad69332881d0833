-- The answers to a school's log forms and how many answered, loop by loop, by the definitions in force.
select
    value.school_id,
    value.partnership_id,
    value.indicator_id,
    value.period_type,
    value.period,
    value.slice::text as slice,
    value.slice ->> 'item' as item,
    value.slice ->> 'answer' as answer,
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
    value.interval_low::float,
    value.interval_high::float,
    value.definition_version,
    value.comparability_class,
    value.comparison_family,
    value.break_before,
    value.break_reason,
    value.change_comparability,
    value.change_reason
from published.seen_value as value
inner join published.indicator as indicator using (indicator_id, definition_version)
inner join
    published.indicator_measure as measure
    on value.indicator_id = measure.indicator_id
    and value.definition_version = measure.definition_version
    and measure.slice = '{}'
    and measure.disclosure in ('distribution', 'respondents')
where
    indicator.is_current
    and value.school_id = %(school)s
    and value.period_type = 'loop'
    and (measure.disclosure = 'distribution' or value.indicator_id = 'E3')
order by value.period::int, indicator.sort_no, item, answer
