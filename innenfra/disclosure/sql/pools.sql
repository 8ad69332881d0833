select
    value.unit_id,
    value.indicator_id,
    value.definition_version::text as definition_version,
    value.period as school_year,
    (value.slice - 'answer')::text as question,
    coalesce(value.slice ->> 'answer', '') as answer,
    coalesce(value.comparison_family, '') as family,
    value.status,
    value.bound,
    value.numerator::float as numerator,
    value.numerator_high::float as numerator_high,
    value.denominator::float as denominator,
    value.change_waits,
    atom.low_x::float as low_x,
    atom.high_x::float as high_x
from gate.indicator_value as value
inner join
    gate.atom as atom
    on atom.unit_level = 'pool'
    and atom.unit_id = value.unit_id
    and atom.indicator_id = value.indicator_id
    and atom.definition_version = value.definition_version
    and atom.period = value.period
    and atom.slice = value.slice
    and atom.family = coalesce(value.comparison_family, '')
where value.unit_level = 'pool'
