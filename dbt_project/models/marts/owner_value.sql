{{ config(materialized='view') }}
-- grain: one row per school owner, structure, indicator, version, period type, period and slice, before the
-- gate: sums over the owner's schools, as owned then and as owned today, with what a school delivered in two
-- partnerships in each of them
with
    placed as (
        select
            value.*,
            case
                when value.period_type = 'school_year'
                then value.period
                -- the project's sum belongs to whoever owned the school in its last year
                else
                    max(value.period) filter (where value.period_type = 'school_year') over (
                        partition by value.school_id
                    )
            end as owned_in
        from {{ ref('indicator_value') }} as value
        where
            value.comparability_class = 'K1'
            and value.unit = 'share'
            and (
                value.period_type = 'school_year'
                or (value.period_type = 'project' and value.indicator_id = 'A1')
            )
    )
select
    place.owner_id,
    place.structure,
    placed.indicator_id,
    placed.definition_version,
    placed.period_type,
    placed.period,
    placed.slice,
    count(distinct placed.school_id)::integer as schools_n,
    sum(placed.numerator) as numerator,
    sum(placed.denominator) as denominator
from placed
inner join
    {{ ref('int_school_place') }} as place
    on placed.school_id = place.school_id
    and placed.owned_in = place.school_year
-- what was done where nothing was planned has no share of its own, and still adds to the sum
where placed.numerator is not null
group by
    place.owner_id,
    place.structure,
    placed.indicator_id,
    placed.definition_version,
    placed.period_type,
    placed.period,
    placed.slice
