{{ config(alias='indicator_value') }}
-- grain: one row per school, partnership, indicator, version, period and slice, as it may be shown
with policy as (
    select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1
),
-- numbers that rest on people's answers pass the gate per loop only; wider periods are summed from what passed
respondents as (
    select value.*, coalesce(value.n_respondents, 0) >= policy.k_school as is_shown, policy.edge
    from {{ ref('indicator_value') }} as value
    cross join policy
    where value.indicator_id = 'E3' and value.period_type = 'loop'
),
edged as (
    select
        *,
        case when numerator <= edge then '<=' when numerator >= denominator - edge then '>=' else '=' end as safe_bound,
        case when numerator <= edge then edge when numerator >= denominator - edge then denominator - edge else numerator end as safe_shown,
        case when numerator <= edge then 1 when numerator >= denominator - edge then denominator - 1 else numerator end as safe_sum
    from respondents
    where is_shown and status in ('observed', 'stated_zero')
),
shown_loop as (
    select edged.*, loop.partnership_year_no
    from edged
    inner join {{ ref('int_loop') }} as loop
        on edged.school_id = loop.school_id and edged.partnership_id = loop.partnership_id and edged.period = loop.loop_no::text
),
wider as (
    select school_id, partnership_id, period.period_type, period.period, sum(safe_sum) as numerator, sum(denominator) as denominator, min(n_respondents) as n_respondents
    from shown_loop
    cross join lateral (values ('school_year', school_year), ('partnership_year', partnership_year_no::text), ('project', 'all')) as period (period_type, period)
    group by 1, 2, 3, 4
)
select
    value.unit_level, value.unit_id, value.school_id, value.partnership_id, value.indicator_id, value.definition_version, value.comparability_class, value.period_type, value.period, value.slice,
    case when value.indicator_id <> 'E3' then value.numerator when value.period_type = 'loop' then edged.safe_shown else wider.numerator end as numerator,
    case when value.indicator_id <> 'E3' then value.denominator when value.period_type = 'loop' then edged.denominator else wider.denominator end as denominator,
    case when value.indicator_id <> 'E3' then value.value when value.period_type = 'loop' then edged.safe_shown / edged.denominator else wider.numerator / wider.denominator end as value,
    value.unit,
    case when value.indicator_id <> 'E3' then value.n_respondents when value.period_type = 'loop' then edged.n_respondents else wider.n_respondents end as n_respondents,
    value.coverage_observed, value.coverage_expected,
    case
        when value.indicator_id <> 'E3' or value.status not in ('observed', 'stated_zero') then value.status
        when edged.school_id is null and wider.school_id is null then 'suppressed'
        else 'observed'
    end as status,
    coalesce(edged.safe_bound, '=') as bound,
    value.interval_low, value.interval_high, value.shrunken, value.reliability, value.break_before, value.break_reason,
    case when value.indicator_id = 'E3' and edged.school_id is null and wider.school_id is null then 'not_comparable' else value.comparability end as comparability,
    case when value.indicator_id = 'E3' and value.status in ('observed', 'stated_zero') and edged.school_id is null and wider.school_id is null then 'suppressed' else value.comparability_reason end as comparability_reason,
    value.agreement_version,
    case when value.indicator_id = 'E3' then 'respondents' else 'structural' end as gate_reason
from {{ ref('indicator_value') }} as value
left join edged
    on value.school_id = edged.school_id and value.partnership_id = edged.partnership_id and value.indicator_id = edged.indicator_id
    and value.period_type = edged.period_type and value.period = edged.period
left join wider
    on value.school_id = wider.school_id and value.partnership_id = wider.partnership_id and value.indicator_id = 'E3'
    and value.period_type = wider.period_type and value.period = wider.period
