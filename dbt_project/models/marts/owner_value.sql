{{ config(materialized='view') }}
-- grain: one row per school owner, structure, indicator, version, school year and slice, before the gate: sums over the owner's schools, as owned then and as owned today
select
    place.owner_id, place.structure, value.indicator_id, value.definition_version, value.period as school_year, value.slice,
    count(distinct value.school_id)::integer as schools_n,
    sum(value.numerator) as numerator,
    sum(value.denominator) as denominator
from {{ ref('indicator_value') }} as value
inner join {{ ref('int_school_place') }} as place on value.school_id = place.school_id and value.period = place.school_year
where value.period_type = 'school_year' and value.comparability_class = 'K1' and value.unit = 'share' and {{ carries_number('value.status') }}
group by 1, 2, 3, 4, 5, 6
