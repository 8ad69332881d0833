{{ config(alias='structural_value', materialized='ephemeral') }}
-- grain: one row per school, partnership, indicator, version, period and slice that counts things and not
-- people: as it is, unless it was withdrawn
-- depends_on: {{ ref('failed_control') }}
-- named, not referred to: people write published.withdrawal
with
    value as (
        select
            value.*,
            exists (
                select 1
                from published.withdrawal as withdrawal
                where
                    withdrawal.lifted_at is null
                    and withdrawal.school_id = value.school_id
                    and withdrawal.indicator_id = value.indicator_id
                    and withdrawal.period_type = value.period_type
                    and withdrawal.period = value.period
            ) as is_withdrawn
        from {{ ref('indicator_value') }} as value
        where disclosure = 'structural'
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
    case when not is_withdrawn then numerator end as numerator,
    case when not is_withdrawn then denominator end as denominator,
    case when not is_withdrawn then value end as value,
    unit,
    n_respondents,
    coverage_observed,
    coverage_expected,
    case when is_withdrawn then 'withdrawn' else status end as status,
    case when is_withdrawn then 'withdrawn' when status = 'suppressed' then 'few_people' end as status_reason,
    note,
    bound,
    interval_low,
    interval_high,
    shrunken,
    reliability,
    break_before,
    break_reason,
    case when is_withdrawn then 'not_comparable' else comparability end as comparability,
    case when is_withdrawn then 'no_number' else comparability_reason end as comparability_reason,
    case
        when is_withdrawn and change_comparability is not null then 'not_comparable' else change_comparability
    end as change_comparability,
    case
        when is_withdrawn and change_comparability is not null then 'no_number' else change_reason
    end as change_reason,
    comparison_family,
    agreement_version,
    compared_on
from value
