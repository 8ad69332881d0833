-- wider periods of a school, and what it tells in parts: the undivided number is a sum too
with
    measure as (
        select indicator_id, definition_version, slice::jsonb as fixed, counted_per
        from marts.indicator_measure
        where disclosure <> 'structural'
    ),
    told_in_parts as (
        select distinct
            school_id, partnership_id, indicator_id, definition_version, period_type, period, whole_question
        from gate.membership
        where is_part
    )
select
    'school' as unit_level,
    value.school_id as unit_id,
    value.partnership_id,
    value.indicator_id,
    value.definition_version::text as definition_version,
    value.period_type,
    value.period,
    (value.slice - 'answer')::text as question,
    coalesce(value.slice ->> 'answer', '') as answer,
    '' as structure,
    value.bound,
    value.numerator::float as numerator,
    value.numerator_high::float as numerator_high,
    value.denominator::float as denominator
from gate.indicator_value as value
inner join
    measure
    on value.indicator_id = measure.indicator_id
    and value.definition_version = measure.definition_version
    and value.slice @> measure.fixed
left join
    told_in_parts
    on value.school_id = told_in_parts.school_id
    and value.partnership_id = told_in_parts.partnership_id
    and value.indicator_id = told_in_parts.indicator_id
    and value.definition_version = told_in_parts.definition_version
    and value.period_type = told_in_parts.period_type
    and value.period = told_in_parts.period
    and value.slice - 'answer' = told_in_parts.whole_question
where
    value.unit_level = 'school'
    and value.gate_reason = 'respondents'
    and value.status in ('observed', 'stated_zero', 'provisional')
    and (measure.counted_per <> value.period_type or told_in_parts.school_id is not null)
    and (%(schools)s::text[] is null or value.school_id = any(%(schools)s))
{%- if units %}
    union all
    select
        unit_level,
        unit_id,
        '',
        indicator_id,
        definition_version::text,
        period_type,
        period,
        (slice - 'answer' - 'structure')::text,
        coalesce(slice ->> 'answer', ''),
        coalesce(slice ->> 'structure', ''),
        'range',
        part_numerator::float,
        part_numerator_high::float,
        part_denominator::float
    from gate.unit_value
    where gate_reason = 'respondents' and part_numerator is not null and kept_content is null
{%- endif %}
