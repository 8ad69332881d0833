{{ config(alias='people_frame', materialized='ephemeral') }}
-- grain: one row per school, partnership, indicator, version, period (also blocks of years) and slice that
-- rests on people: its state and what it may be compared on, and no number
-- depends_on: {{ ref('failed_control') }}
with
    value as (
        select *, {{ carries_number('status') }} as has_number
        from {{ ref('indicator_value') }}
        where disclosure <> 'structural'
    ),
    -- a block of years has the state of its school years
    in_block as (
        select
            value.*,
            block.year_block,
            block.block_years,
            value.break_before and left(block.year_block, 7) <> value.period as has_break
        from value
        inner join {{ ref('gate_year_block') }} as block on value.period = block.school_year
        where value.period_type = 'school_year'
    ),
    block as (
        select
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            comparability_class,
            year_block,
            slice,
            min(unit) as unit,
            max(block_years) as block_years,
            bool_or(has_number) as has_number,
            count(*) filter (where has_number) as years_n,
            bool_or(status = 'provisional') as is_provisional,
            case
                when bool_or(status = 'not_collected')
                then 'not_collected'
                when bool_or(status = 'insufficient')
                then 'insufficient'
                when bool_or(status = 'not_in_design')
                then 'not_in_design'
                else 'not_applicable'
            end as absence,
            coalesce(
                min(break_reason) filter (where has_break),
                min(comparability_reason) filter (where comparability = 'with_care')
            ) as care,
            case
                when min(comparison_family) = max(comparison_family)
                then min(comparison_family)
                when min(comparison_family) is not null
                then 'mixed'
            end as comparison_family
        from in_block
        group by
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            comparability_class,
            year_block,
            slice
    ),
    block_forbids as (
        select
            *,
            case
                when not has_number
                then 'no_number'
                when comparability_class = 'K3'
                then 'within_school_only'
                when comparison_family = 'mixed'
                then 'mixed_family'
            end as forbids
        from block
    )
select
    school_id,
    partnership_id,
    indicator_id,
    definition_version,
    comparability_class,
    period_type,
    period,
    slice,
    unit,
    coverage_observed,
    coverage_expected,
    has_number,
    status as status_before,
    break_before,
    break_reason,
    comparability,
    comparability_reason,
    change_comparability,
    change_reason,
    comparison_family,
    agreement_version,
    compared_on,
    note
from value
union all
select
    school_id,
    partnership_id,
    indicator_id,
    definition_version,
    comparability_class,
    'year_block',
    year_block,
    slice,
    unit,
    years_n::integer,
    block_years,
    has_number,
    case when is_provisional then 'provisional' when has_number then 'observed' else absence end,
    false,
    null,
    case
        when forbids is not null
        then 'not_comparable'
        when care is not null or years_n < block_years
        then 'with_care'
        else 'comparable'
    end,
    coalesce(forbids, care, case when years_n < block_years then 'incomplete_coverage' end),
    null,
    null,
    comparison_family,
    null,
    null,
    null
from block_forbids
