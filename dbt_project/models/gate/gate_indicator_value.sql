{{ config(alias='indicator_value', indexes=[{'columns': ['school_id']}]) }}
-- grain: one row per school or pool, partnership, indicator, version, period and slice, as it may be shown
with policy as (
    select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1
),
atom as (
    select * from {{ ref('gate_atom') }}
),
-- wider periods of a school are sums of what passed the gate, and of nothing else
school_atom as (
    select atom.*, loop.partnership_year_no
    from atom
    left join {{ ref('int_loop') }} as loop
        on atom.period_type = 'loop' and atom.unit_id = loop.school_id and atom.partnership_id = loop.partnership_id and atom.period = loop.loop_no::text
    where atom.unit_level = 'school'
),
wider as (
    select
        unit_id, partnership_id, indicator_id, definition_version, slice, clock.period_type, clock.period,
        sum(safe_x) as safe_x, sum(base) as base, max(n) as n, count(*) as atoms_n,
        bool_or(bound <> '=' or is_rest) as has_coded, bool_and(is_rest) as is_rest, bool_or(change_waits) as change_waits,
        case when count(*) = 1 then min(bound) else '=' end as bound,
        case when count(*) = 1 then min(shown_x) else sum(safe_x) end as shown_x
    from school_atom
    cross join lateral (values
        ('school_year', school_year), ('partnership_year', partnership_year_no::text), ('project', 'all')
    ) as clock (period_type, period)
    where clock.period is not null and clock.period_type <> school_atom.period_type
    group by 1, 2, 3, 4, 5, 6, 7
),
passed as (
    select unit_id, partnership_id, indicator_id, definition_version, slice, period_type, period, safe_x, base, n,
        bound <> '=' or is_rest as has_coded, is_rest, change_waits, bound, shown_x, 1 as atoms_n
    from school_atom
    union all
    select unit_id, partnership_id, indicator_id, definition_version, slice, period_type, period, safe_x, base, n,
        has_coded, is_rest, change_waits, bound, shown_x, atoms_n
    from wider
),
-- partial pooling over the schools of one year, from what passed
known as (
    select
        passed.*, (value.comparison_family) as family,
        passed.safe_x / passed.base as y,
        sum(passed.safe_x) over together / sum(passed.base) over together as common_share
    from passed
    inner join {{ ref('indicator_value') }} as value
        on passed.unit_id = value.school_id and passed.partnership_id = value.partnership_id and passed.indicator_id = value.indicator_id
        and passed.definition_version = value.definition_version and passed.slice = value.slice
        and passed.period_type = value.period_type and passed.period = value.period
    where passed.period_type = 'school_year' and not passed.is_rest and value.comparability_class <> 'K3'
    window together as (partition by passed.indicator_id, passed.definition_version, passed.slice, passed.period, value.comparison_family)
),
varied as (
    select unit_id, partnership_id, indicator_id, definition_version, slice, period, coalesce(family, '') as family, y,
        {{ share_variance('common_share', 'base', 'policy.assumed_design_effect') }} as v
    from known
    cross join policy
),
shrunken as (
    {{ shrunken_of('varied', ['indicator_id', 'definition_version', 'slice', 'period', 'family'], ['unit_id', 'partnership_id']) }}
),
structural as (
    select
        unit_level, unit_id, school_id, partnership_id, indicator_id, definition_version, comparability_class, period_type, period, slice,
        numerator, denominator, value, unit, n_respondents, coverage_observed, coverage_expected, status, bound, interval_low, interval_high, shrunken, reliability,
        break_before, break_reason, comparability, comparability_reason, change_comparability, change_reason, comparison_family, agreement_version,
        false as change_waits, compared_on, 'structural' as gate_reason
    from {{ ref('indicator_value') }}
    where disclosure = 'structural'
),
respondents as (
    select
        value.unit_level, value.unit_id, value.school_id, value.partnership_id, value.indicator_id, value.definition_version, value.comparability_class,
        value.period_type, value.period, value.slice, value.unit, value.coverage_observed, value.coverage_expected, value.break_before, value.break_reason,
        value.comparability, value.comparability_reason, value.change_comparability, value.change_reason, value.comparison_family, value.agreement_version, value.compared_on,
        value.status in ('observed', 'stated_zero') as has_number,
        value.status as status_before,
        passed.unit_id is not null and not passed.is_rest as is_shown,
        passed.shown_x, passed.safe_x, passed.base, passed.n, passed.bound, passed.has_coded, passed.change_waits,
        shrunken.shrunken, shrunken.reliability, policy.min_compared, policy.min_reliability, policy.assumed_design_effect
    from {{ ref('indicator_value') }} as value
    cross join policy
    left join passed
        on value.school_id = passed.unit_id and value.partnership_id = passed.partnership_id and value.indicator_id = passed.indicator_id
        and value.definition_version = passed.definition_version and value.slice = passed.slice
        and value.period_type = passed.period_type and value.period = passed.period
    left join shrunken
        on value.period_type = 'school_year' and value.school_id = shrunken.unit_id and value.partnership_id = shrunken.partnership_id
        and value.indicator_id = shrunken.indicator_id and value.definition_version = shrunken.definition_version
        and value.slice = shrunken.slice and value.period = shrunken.period
    where value.disclosure <> 'structural'
),
-- why a number that rests on people may be compared no further than it is
respondents_verdict as (
    select
        *,
        case
            when not is_shown and has_number then 'suppressed'
            when not is_shown then comparability_reason
            when comparability = 'not_comparable' then comparability_reason
            when n < min_compared then 'too_few_answers'
            when reliability < min_reliability then 'low_reliability'
            when comparability_reason is null and has_coded then 'edge_values'
            else comparability_reason
        end as reason
    from respondents
),
pool as (
    select
        atom.unit_level, atom.unit_id, null::text as school_id, null::text as partnership_id, atom.indicator_id, atom.definition_version, measure.comparability_class,
        atom.period_type, atom.period, atom.slice, atom.shown_x as numerator, atom.base as denominator, atom.shown_x / atom.base as value, measure.unit,
        atom.n as n_respondents, atom.schools_n as coverage_observed, atom.schools_n as coverage_expected,
        case when atom.is_rest then 'suppressed' else 'observed' end as status, atom.bound,
        {{ interval_of_atom('atom', 'policy.assumed_design_effect') }},
        atom.family, atom.change_waits
    from atom
    cross join policy
    inner join {{ ref('indicator_measure') }} as measure
        on atom.indicator_id = measure.indicator_id and atom.definition_version = measure.definition_version and atom.slice @> measure.slice::jsonb
        and measure.disclosure <> 'structural'
    where atom.unit_level = 'pool'
)
select * from structural
union all
select
    unit_level, unit_id, school_id, partnership_id, indicator_id, definition_version, comparability_class, period_type, period, slice,
    case when is_shown then shown_x end as numerator,
    case when is_shown then base end as denominator,
    case when is_shown then shown_x / base end as value,
    unit,
    case when is_shown then n end as n_respondents,
    coverage_observed, coverage_expected,
    case when is_shown then 'observed' when has_number then 'suppressed' else status_before end as status,
    case when is_shown then bound else '=' end as bound,
    case when is_shown then round(({{ wilson_low('safe_x', 'base', 'assumed_design_effect') }})::numeric, 2) end as interval_low,
    case when is_shown then round(({{ wilson_high('safe_x', 'base', 'assumed_design_effect') }})::numeric, 2) end as interval_high,
    case when is_shown then round(shrunken::numeric, 2) end as shrunken,
    case when is_shown then round(reliability::numeric, 2) end as reliability,
    break_before, break_reason,
    case
        when not is_shown or comparability = 'not_comparable' or reason in ('too_few_answers', 'low_reliability') then 'not_comparable'
        when reason is not null then 'with_care'
        else comparability
    end as comparability,
    reason as comparability_reason,
    case when is_shown then change_comparability when change_comparability is not null then 'not_comparable' end as change_comparability,
    case when is_shown then change_reason when change_comparability is not null then 'no_number' end as change_reason,
    comparison_family, agreement_version, coalesce(change_waits and is_shown, false) as change_waits, compared_on,
    'respondents' as gate_reason
from respondents_verdict
union all
select
    unit_level, unit_id, school_id, partnership_id, indicator_id, definition_version, comparability_class, period_type, period, slice, numerator, denominator, value, unit,
    n_respondents, coverage_observed, coverage_expected, status, bound, interval_low, interval_high, null, null,
    false, null, case when status = 'observed' then 'with_care' else 'not_comparable' end, case when status = 'observed' then 'pooled' else 'suppressed' end,
    null, null, nullif(family, ''), null, change_waits, null, 'respondents'
from pool
