{{ config(alias='shown_value', tags=['candidate'], indexes=[{'columns': ['school_id']}]) }}
-- grain: one row per school or pool, partnership, indicator, version, period and slice, as others than the
-- school may see it in the release that is being made
{%- set own = api.Relation.create(
    database=this.database, schema='published', identifier='school_indicator_value'
) %}
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    own_cell as materialized(
        select cell.*, {{ first_shown('cell', own) }} as shown_to_school, row_number() over () as cell_no
        from
            (
                select *, {{ cell_key('gate') }} as cell_key, {{ own_content('gate') }} as content
                from {{ ref('gate_indicator_value') }} as gate
            ) as cell
            {{ joined_with_before('cell', own) }}
    ),
    -- the newest of the school's looks at the value as it now is
    look as (
        select distinct on (own_cell.cell_no) own_cell.cell_no, seen.answer
        from own_cell
        inner join
            {{ ref('gate_seen_by_school') }} as seen
            on own_cell.school_id = seen.school_id
            and seen.release_id >= own_cell.shown_to_school
            and coalesce(seen.indicator_id, own_cell.indicator_id) = own_cell.indicator_id
            and coalesce(seen.period_type, own_cell.period_type) = own_cell.period_type
            and coalesce(seen.period, own_cell.period) = own_cell.period
        order by own_cell.cell_no, seen.member_check_id desc
    ),
    -- others wait until the school has looked, and for as long as it does not recognise itself
    waited as (
        select
            own_cell.*,
            own_cell.unit_level = 'school'
            and {{ carries_number('own_cell.status') }}
            and coalesce(look.answer, 'not_recognised') = 'not_recognised' as is_awaiting,
            own_cell.gate_reason = 'respondents' as is_of_people,
            own_cell.gate_reason = 'respondents' and own_cell.indicator_id = 'E3' as is_response_rate,
            -- each of a pool's schools has fewer than five answers; how many they have together would tell
            -- how many each has
            own_cell.unit_level = 'pool' and own_cell.indicator_id = 'E3' as is_rate_of_pool
        from own_cell
        left join look using (cell_no)
    ),
    -- people are told in steps that fit how few they are, and a response rate in tenths
    told as materialized(
        select
            waited.*,
            policy.assumed_design_effect,
            policy.min_reliability,
            {{ fewest_told('n_respondents') }} as fewest,
            {{ least_told('value', 'bound') }} as least,
            {{ most_told('value', 'value_high', 'bound') }} as most,
            {{ range_end_told('value', 'n_respondents', 'floor') }} as least_of_range,
            {{ range_end_told('value_high', 'n_respondents', 'ceil') }} as most_of_range
        from waited
        cross join policy
    ),
    -- a range whose end lies at none or all in the steps that are told is told as a bound
    stepped as (
        select
            *,
            case
                when bound <> 'range'
                then bound
                when least_of_range = 0
                then '<='
                when most_of_range = 1
                then '>='
                else 'range'
            end as bound_told,
            case
                when value is null or is_rate_of_pool
                then null
                when is_response_rate
                then {{ rate_told('least') }}
                when not is_of_people
                then value
                when bound = '='
                then {{ share_told('value', 'n_respondents') }}
                when bound = 'range'
                then case when least_of_range = 0 then most_of_range else least_of_range end
                else round(value, 2)
            end as value_told
        from told
    ),
    -- the interval and the partial pooling that others see are counted from what they are told, and so tell
    -- nothing more
    weighed as (
        select
            *,
            {{ least_told('value_told', 'bound_told') }} as share_low,
            {{ most_told('value_told', 'most_of_range', 'bound_told') }} as share_high
        from stepped
        where is_of_people and not is_response_rate and value is not null and not is_awaiting
    ),
    known as (
        select *, sum(value_told * fewest) over together / sum(fewest) over together as common_share
        from weighed
        where reliability is not null
        window together as (partition by indicator_id, definition_version, slice, period, comparison_family)
    ),
    varied as (
        select
            cell_no,
            indicator_id,
            definition_version,
            slice,
            period,
            coalesce(comparison_family, '') as family,
            value_told as y,
            {{ share_variance('common_share', 'fewest', 'assumed_design_effect') }} as v
        from known
    ),
    pooled as (
        {{
            shrunken_of(
                'varied', ['indicator_id', 'definition_version', 'slice', 'period', 'family'], ['cell_no']
            )
        }}
    ),
    seen_from_outside as (
        select
            stepped.*,
            pooled.shrunken as shrunken_told,
            pooled.reliability as reliability_told,
            -- what is told in coarser steps may be less reliable than it is
            coalesce(
                stepped.comparability <> 'not_comparable' and pooled.reliability < stepped.min_reliability,
                false
            ) as is_unreliable,
            {{
                wilson_low(
                    'weighed.share_low * weighed.fewest', 'weighed.fewest', 'weighed.assumed_design_effect'
                )
            }} as low_told,
            {{
                wilson_high(
                    'weighed.share_high * weighed.fewest', 'weighed.fewest', 'weighed.assumed_design_effect'
                )
            }} as high_told
        from stepped
        left join weighed using (cell_no)
        left join pooled using (cell_no)
    )
select
    unit_level,
    unit_id,
    school_id,
    partnership_id,
    indicator_id,
    definition_version,
    comparability_class,
    period_type,
    period,
    slice,
    -- how many people stand behind a number is told in bands outside the school, and a response rate itself
    -- too
    case when not is_awaiting and not is_of_people then numerator end as numerator,
    case when not is_awaiting and not is_of_people then numerator_high end as numerator_high,
    case when not is_awaiting and not is_of_people then denominator end as denominator,
    case when not is_awaiting then value_told end as value,
    case
        when not is_awaiting and not is_response_rate and bound_told = 'range' then most_of_range
    end as value_high,
    unit,
    case when not is_awaiting and not is_of_people then n_respondents end as n_respondents,
    case
        when not is_awaiting and is_of_people and not is_rate_of_pool
        then {{ band_of_people('n_respondents') }}
    end as n_band,
    case when not is_awaiting then coverage_observed end as coverage_observed,
    case when not is_awaiting then coverage_expected end as coverage_expected,
    case
        when is_awaiting then 'awaiting_member_check' when is_rate_of_pool then 'suppressed' else status
    end as status,
    case
        when is_awaiting
        then 'waits_for_school'
        when is_rate_of_pool
        then 'would_tell_about_another'
        else status_reason
    end as status_reason,
    case when not is_awaiting then note end as note,
    case
        when is_awaiting or is_rate_of_pool
        then '='
        when is_response_rate and most >= 0.8
        then '>='
        when is_response_rate
        then '='
        else bound_told
    end as bound,
    case
        when not is_awaiting and is_response_rate and not is_rate_of_pool then {{ rate_told_below('most') }}
    end as value_below,
    case
        when is_awaiting then null when is_of_people then round(low_told::numeric, 2) else interval_low
    end as interval_low,
    case
        when is_awaiting then null when is_of_people then round(high_told::numeric, 2) else interval_high
    end as interval_high,
    case
        when is_awaiting then null when is_of_people then round(shrunken_told::numeric, 2) else shrunken
    end as shrunken,
    case
        when is_awaiting then null when is_of_people then round(reliability_told::numeric, 2) else reliability
    end as reliability,
    break_before,
    break_reason,
    case
        when is_awaiting or is_rate_of_pool or is_unreliable then 'not_comparable' else comparability
    end as comparability,
    case
        when is_awaiting
        then 'no_number'
        when is_rate_of_pool
        then 'suppressed'
        when is_unreliable
        then 'low_reliability'
        else comparability_reason
    end as comparability_reason,
    case
        when is_awaiting and change_comparability is not null then 'not_comparable' else change_comparability
    end as change_comparability,
    case
        when is_awaiting and change_comparability is not null then 'no_number' else change_reason
    end as change_reason,
    comparison_family,
    agreement_version,
    change_waits and not is_awaiting as change_waits,
    compared_on,
    -- what totals above the school are counted from; never shown
    case when not is_awaiting then numerator end as part_numerator,
    case when not is_awaiting then denominator end as part_denominator,
    gate_reason
from seen_from_outside
