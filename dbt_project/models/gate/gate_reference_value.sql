{{ config(alias='reference_value', tags=['candidate']) }}
-- grain: one row per indicator, version, school year, budget year or block of years, slice and family: what
-- the schools' values are held against, without names
-- only schools whose value others see and may compare, and only where they are enough; where only the ends
-- of some are told, a
-- quarter or median is a range too, and the common share is that of the others
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    seen as (
        select
            shown.school_id,
            shown.indicator_id,
            shown.definition_version,
            shown.comparability_class,
            shown.period_type,
            shown.period,
            shown.slice,
            case when shown.comparability_class = 'K2' then shown.comparison_family end as comparison_family,
            shown.gate_reason = 'respondents' as rests_on_people,
            {{ least_told('shown.value', 'shown.bound') }} as least,
            coalesce(
                shown.value_below, {{ most_told('shown.value', 'shown.value_high', 'shown.bound') }}
            ) as most,
            shown.bound = '=' and shown.value_below is null as is_exact,
            case
                when shown.gate_reason = 'respondents'
                then passed.low_x / passed.base * passed.n
                else shown.part_numerator
            end as x,
            case when shown.gate_reason = 'respondents' then passed.n else shown.part_denominator end as base,
            policy.assumed_design_effect,
            policy.min_reference_schools,
            policy.max_range_width
        from {{ ref('gate_shown_value') }} as shown
        left join
            {{ ref('gate_school_sum') }} as passed
            on shown.gate_reason = 'respondents'
            and shown.school_id = passed.school_id
            and shown.partnership_id = passed.partnership_id
            and shown.indicator_id = passed.indicator_id
            and shown.definition_version = passed.definition_version
            and shown.period_type = passed.period_type
            and shown.period = passed.period
            and shown.slice = passed.slice
        cross join policy
        where
            shown.unit_level = 'school'
            and shown.comparability_class <> 'K3'
            and shown.unit = 'share'
            and shown.comparability <> 'not_comparable'
            and shown.period_type in ('school_year', 'budget_year', 'year_block')
            and {{ carries_number('shown.status') }}
    ),
    ends as (
        select
            indicator_id,
            definition_version,
            comparability_class,
            period_type,
            period,
            slice,
            comparison_family,
            rests_on_people,
            count(distinct school_id)::integer as schools_n,
            array_agg(school_id order by school_id, base) as school_ids,
            array_agg(base order by school_id, base) as school_bases,
            {%- for name, part in [('low_quarter', 0.25), ('median', 0.5), ('high_quarter', 0.75)] %}
                round(
                    (percentile_cont({{ part }}) within group (order by least))::numeric, 2
                ) as {{ name }}_least,
                round(
                    (percentile_cont({{ part }}) within group (order by most))::numeric, 2
                ) as {{ name }}_most,
            {%- endfor %}
            min(max_range_width) as max_range_width,
            case
                when count(distinct school_id) filter (where is_exact) >= min(min_reference_schools)
                then sum(x) filter (where is_exact) / sum(base) filter (where is_exact)
            end as common_share
        from seen
        where base > 0
        group by
            indicator_id,
            definition_version,
            comparability_class,
            period_type,
            period,
            slice,
            comparison_family,
            rests_on_people
        having count(distinct school_id) >= min(min_reference_schools)
    ),
    whole as (
        select
            *,
            {%- for name in ['low_quarter', 'median', 'high_quarter'] %}
                case
                    when {{ name }}_most - {{ name }}_least <= max_range_width then {{ name }}_least
                end as {{ name }},
                case
                    when {{ name }}_most - {{ name }}_least between 0.01 and max_range_width
                    then {{ name }}_most
                end as {{ name }}_high
                {{- ',' if not loop.last }}
            {%- endfor %}
        from ends
    ),
    -- how much more than chance the schools' shares of people differ
    held as (
        select
            whole.indicator_id,
            whole.definition_version,
            whole.period_type,
            whole.period,
            whole.slice,
            coalesce(whole.comparison_family, '') as family,
            seen.x / seen.base as y,
            whole.common_share as centre,
            {{ share_variance('whole.common_share', 'seen.base', 'seen.assumed_design_effect') }} as v
        from whole
        inner join
            seen
            on whole.indicator_id = seen.indicator_id
            and whole.definition_version = seen.definition_version
            and whole.period_type = seen.period_type
            and whole.period = seen.period
            and whole.slice = seen.slice
            and whole.comparison_family is not distinct from seen.comparison_family
        where whole.rests_on_people and seen.is_exact and seen.base > 0 and whole.common_share is not null
    ),
    overdispersion as (
        {{
            overdispersion_of(
                'held', ['indicator_id', 'definition_version', 'period_type', 'period', 'slice', 'family']
            )
        }}
    )
select
    whole.indicator_id,
    whole.definition_version,
    whole.comparability_class,
    whole.period_type,
    whole.period,
    whole.slice,
    whole.comparison_family,
    whole.rests_on_people,
    whole.schools_n,
    whole.school_ids,
    whole.school_bases,
    whole.low_quarter,
    whole.low_quarter_high,
    whole.median,
    whole.median_high,
    whole.high_quarter,
    whole.high_quarter_high,
    round(whole.common_share, 2) as common_share,
    round(overdispersion.phi::numeric, 2) as overdispersion
from whole
left join
    overdispersion
    on whole.indicator_id = overdispersion.indicator_id
    and whole.definition_version = overdispersion.definition_version
    and whole.period_type = overdispersion.period_type
    and whole.period = overdispersion.period
    and whole.slice = overdispersion.slice
    and coalesce(whole.comparison_family, '') = overdispersion.family
where coalesce(whole.low_quarter, whole.median, whole.high_quarter, whole.common_share) is not null
