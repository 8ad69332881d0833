{{ config(alias='indicator_value', indexes=[{'columns': ['school_id']}]) }}
-- grain: one row per school or pool, partnership, indicator, version, period and slice, as it may be shown
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    passed as (select * from {{ ref('gate_school_sum') }}),
    frame as (select * from {{ ref('gate_people_frame') }}),
    -- partial pooling over the schools of one year or block of years, from what passed as it is: an end of
    -- a range is no number of a school
    known as (
        select
            passed.*,
            frame.comparison_family as family,
            passed.low_x / passed.base as y,
            sum(passed.low_x / passed.base * passed.n) over together
            / sum(passed.n) over together as common_share
        from passed
        inner join
            frame using (
                school_id, partnership_id, indicator_id, definition_version, slice, period_type, period
            )
        where
            passed.period_type in ('school_year', 'year_block')
            and passed.bound = '='
            and not passed.is_rest
            and frame.comparability_class <> 'K3'
        window
            together as (
                partition by
                    passed.indicator_id,
                    passed.definition_version,
                    passed.slice,
                    passed.period,
                    frame.comparison_family
            )
    ),
    varied as (
        select
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            slice,
            period,
            coalesce(family, '') as family,
            y,
            {{ share_variance('common_share', 'n', 'policy.assumed_design_effect') }} as v
        from known
        cross join policy
    ),
    shrunken as (
        {{
            shrunken_of(
                'varied',
                ['indicator_id', 'definition_version', 'slice', 'period', 'family'],
                ['school_id', 'partnership_id'],
            )
        }}
    ),
    member as (
        select member.*, clock.period_type as told_period_type, clock.period as told_period
        from {{ ref('gate_membership') }} as member
        cross join
            lateral(
                values
                    (member.period_type, member.period),
                    ('school_year', school_year),
                    ('partnership_year', partnership_year),
                    ('year_block', year_block),
                    ('project', 'all')
            ) as clock(period_type, period)
        where clock.period is not null
    ),
    -- periods that hold something withdrawn
    withdrawn as (
        select distinct
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            told_period_type as period_type,
            told_period as period
        from member
        where is_withdrawn
    ),
    -- questions that are told by themselves or in parts, and in how many rounds;
    -- a part of a breakdown that is not is left out for the sake of other parts
    asked as (
        select
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            told_period_type as period_type,
            told_period as period,
            about.question,
            count(distinct(member.period_type, member.period)) as rounds_n
        from member
        cross join lateral(values (member.question), (member.whole_question)) as about(question)
        group by
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            told_period_type,
            told_period,
            about.question
    ),
    respondents as (
        select
            frame.*,
            passed.school_id is not null and not passed.is_rest and not
            {{
                range_too_wide(
                    'passed.low_x',
                    'passed.high_x',
                    'passed.base',
                    'frame.unit',
                    'passed.atoms_n',
                    'policy.max_range_width',
                )
            }} as is_shown,
            withdrawn.school_id is not null as holds_withdrawn,
            case
                when withdrawn.school_id is not null
                then 'withdrawn'
                when passed.is_rest
                then 'few_chose'
                when passed.school_id is not null
                then 'range_too_wide'
                when asked.school_id is null and frame.has_number
                then 'would_tell_about_another'
                else 'few_people'
            end as reason_if_hidden,
            passed.low_x,
            passed.high_x,
            passed.base,
            passed.n,
            passed.bound,
            passed.has_coded,
            passed.change_waits,
            passed.years_n,
            passed.rounds_n < asked.rounds_n as lacks_rounds,
            shrunken.shrunken,
            shrunken.reliability,
            policy.min_compared,
            policy.min_reliability,
            policy.assumed_design_effect
        from frame
        cross join policy
        left join
            passed using (
                school_id, partnership_id, indicator_id, definition_version, slice, period_type, period
            )
        left join
            shrunken
            on frame.period_type in ('school_year', 'year_block')
            and frame.school_id = shrunken.school_id
            and frame.partnership_id = shrunken.partnership_id
            and frame.indicator_id = shrunken.indicator_id
            and frame.definition_version = shrunken.definition_version
            and frame.slice = shrunken.slice
            and frame.period = shrunken.period
        left join
            withdrawn
            on frame.school_id = withdrawn.school_id
            and frame.partnership_id = withdrawn.partnership_id
            and frame.indicator_id = withdrawn.indicator_id
            and frame.definition_version = withdrawn.definition_version
            and frame.period_type = withdrawn.period_type
            and frame.period = withdrawn.period
        left join
            asked
            on frame.school_id = asked.school_id
            and frame.partnership_id = asked.partnership_id
            and frame.indicator_id = asked.indicator_id
            and frame.definition_version = asked.definition_version
            and frame.period_type = asked.period_type
            and frame.period = asked.period
            and frame.slice - 'answer' = asked.question
    ),
    -- why a number that rests on people may be compared no further than it is
    respondents_verdict as (
        select
            *,
            case
                when not is_shown and has_number and holds_withdrawn
                then 'no_number'
                when not is_shown and has_number
                then 'suppressed'
                when not is_shown
                then comparability_reason
                when comparability = 'not_comparable'
                then comparability_reason
                when n < min_compared
                then 'too_few_answers'
                when reliability < min_reliability
                then 'low_reliability'
                when
                    comparability_reason is null
                    and period_type = 'year_block'
                    and years_n < coverage_expected
                then 'incomplete_coverage'
                when comparability_reason is null and lacks_rounds
                then 'protected_rounds'
                when comparability_reason is null and bound = 'range'
                then 'told_as_range'
                when comparability_reason is null and has_coded
                then 'edge_values'
                else comparability_reason
            end as reason
        from respondents
    ),
    pool as (
        select
            atom.unit_level,
            atom.unit_id,
            null::text as school_id,
            null::text as partnership_id,
            atom.indicator_id,
            atom.definition_version,
            measure.comparability_class,
            atom.period_type,
            atom.period,
            atom.slice,
            not atom.is_rest as is_shown,
            {{ told_x('atom.low_x', 'atom.high_x', 'atom.bound') }} as told_x,
            atom.low_x,
            atom.high_x,
            atom.base,
            measure.unit,
            atom.n,
            atom.schools_n,
            atom.bound,
            atom.family,
            atom.is_provisional,
            atom.change_waits,
            policy.assumed_design_effect
        from {{ ref('gate_told_atom') }} as atom
        cross join policy
        inner join
            {{ ref('indicator_measure') }} as measure
            on atom.indicator_id = measure.indicator_id
            and atom.definition_version = measure.definition_version
            and atom.slice @> measure.slice::jsonb
            and measure.disclosure <> 'structural'
        where atom.unit_level = 'pool'
    ),
    people as (select *, {{ told_x('low_x', 'high_x', 'bound') }} as told_x from respondents_verdict)
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
    numerator,
    null::numeric as numerator_high,
    denominator,
    value,
    null::numeric as value_high,
    unit,
    n_respondents,
    coverage_observed,
    coverage_expected,
    status,
    status_reason,
    note,
    bound,
    interval_low,
    interval_high,
    shrunken,
    reliability,
    break_before,
    break_reason,
    comparability,
    comparability_reason,
    change_comparability,
    change_reason,
    comparison_family,
    agreement_version,
    false as change_waits,
    compared_on,
    'structural' as gate_reason
from {{ ref('gate_structural_value') }} as structural
union all
select
    'school',
    school_id,
    school_id,
    partnership_id,
    indicator_id,
    definition_version,
    comparability_class,
    period_type,
    period,
    slice,
    case when is_shown then told_x end as numerator,
    case when is_shown and bound = 'range' then high_x end as numerator_high,
    case when is_shown then base end as denominator,
    case when is_shown then told_x / base end as value,
    case when is_shown and bound = 'range' then high_x / base end as value_high,
    unit,
    case when is_shown then n end as n_respondents,
    case
        when period_type = 'year_block' then coalesce(years_n, 0) else coverage_observed
    end as coverage_observed,
    coverage_expected,
    case
        when is_shown and status_before = 'provisional'
        then 'provisional'
        when is_shown
        then 'observed'
        when has_number and holds_withdrawn
        then 'withdrawn'
        when has_number
        then 'suppressed'
        else status_before
    end as status,
    case
        when not is_shown and (has_number or status_before = 'suppressed') then reason_if_hidden
    end as status_reason,
    note,
    case when is_shown then bound else '=' end as bound,
    case
        when is_shown then {{ interval_low_of('low_x', 'base', 'n', 'assumed_design_effect') }}
    end as interval_low,
    case
        when is_shown then {{ interval_high_of('high_x', 'base', 'n', 'assumed_design_effect') }}
    end as interval_high,
    case when is_shown then round(shrunken::numeric, 2) end as shrunken,
    case when is_shown then round(reliability::numeric, 2) end as reliability,
    break_before,
    break_reason,
    case
        when
            not is_shown
            or comparability = 'not_comparable'
            or reason in ('too_few_answers', 'low_reliability')
        then 'not_comparable'
        when reason is not null
        then 'with_care'
        else comparability
    end as comparability,
    reason as comparability_reason,
    case
        when is_shown then change_comparability when change_comparability is not null then 'not_comparable'
    end as change_comparability,
    case
        when is_shown then change_reason when change_comparability is not null then 'no_number'
    end as change_reason,
    comparison_family,
    agreement_version,
    coalesce(change_waits and is_shown, false) as change_waits,
    compared_on,
    'respondents' as gate_reason
from people
union all
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
    case when is_shown then told_x end,
    null,
    case when is_shown then base end,
    case when is_shown then told_x / base end,
    null,
    unit,
    n,
    schools_n,
    schools_n,
    case when not is_shown then 'suppressed' when is_provisional then 'provisional' else 'observed' end,
    case when not is_shown then 'few_chose' end,
    null,
    case when is_shown then bound else '=' end,
    case when is_shown then {{ interval_low_of('low_x', 'base', 'n', 'assumed_design_effect') }} end,
    case when is_shown then {{ interval_high_of('high_x', 'base', 'n', 'assumed_design_effect') }} end,
    null,
    null,
    false,
    null,
    case when is_shown then 'with_care' else 'not_comparable' end,
    case when is_shown then 'pooled' else 'suppressed' end,
    null,
    null,
    nullif(family, ''),
    null,
    change_waits,
    null,
    'respondents'
from pool
