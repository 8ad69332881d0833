-- grain: one row per school, partnership, indicator, version, period and slice, before the gate
with stated as (
    select
        school_id, partnership_id, measure as indicator_id, period_type, period_value as period,
        coalesce((
            select jsonb_object_agg(split_part(pair, '=', 1), split_part(pair, '=', 2)) from unnest(string_to_array(slice, ';')) as pair
        ), '{}'::jsonb) as slice,
        numerator, denominator
    from {{ ref('stg_stated_total') }}
),
-- a stated total counts only where the finer records are absent
combined as (
    select
        coalesce(computed.school_id, stated.school_id) as school_id,
        coalesce(computed.partnership_id, stated.partnership_id) as partnership_id,
        coalesce(computed.indicator_id, stated.indicator_id) as indicator_id,
        coalesce(computed.period_type, stated.period_type) as period_type,
        coalesce(computed.period, stated.period) as period,
        coalesce(computed.slice, stated.slice) as slice,
        case when computed.coverage_observed > 0 then computed.numerator else stated.numerator end as numerator,
        case when computed.coverage_observed > 0 then computed.denominator else stated.denominator end as denominator,
        computed.n_respondents,
        computed.coverage_observed,
        computed.coverage_expected,
        coalesce(computed.unit, 'share') as unit,
        stated.school_id is not null and coalesce(computed.coverage_observed, 0) = 0 as is_stated
    from {{ ref('indicator_computed') }} as computed
    full outer join stated using (school_id, partnership_id, indicator_id, period_type, period, slice)
),
not_in_design as (
    select distinct delivery.school_id, needs.indicator_id
    from {{ ref('stg_current_delivery') }} as delivery
    inner join (values ('E3', 'log_counts'), ('C1', 'team_loops'), ('A4', 'team_loops'), ('C4', 'meetings'), ('A5', 'meetings')) as needs (indicator_id, file_type)
        using (file_type)
    where delivery.completeness = 'not_in_design'
),
assumed as (
    select distinct school_id from {{ ref('stg_current_delivery') }} where assumed_columns is not null
),
with_status as (
    select
        combined.*,
        case
            when combined.numerator is null and not_in_design.school_id is not null then 'not_in_design'
            when combined.numerator is null then 'not_collected'
            when combined.unit = 'share' and combined.indicator_id <> 'U1' and combined.denominator is null then 'not_applicable'
            when combined.denominator = 0 then 'not_applicable'
            when combined.numerator = 0 then 'stated_zero'
            else 'observed'
        end as status,
        assumed.school_id is not null as rests_on_assumed
    from combined
    left join not_in_design using (school_id, indicator_id)
    left join assumed using (school_id)
),
instrument_change as (
    select school_id, partnership_id, loop_no, school_year, partnership_year_no,
        log_instrument_version_id is distinct from lag(log_instrument_version_id) over (partition by school_id, partnership_id order by loop_no)
            and lag(log_instrument_version_id) over (partition by school_id, partnership_id order by loop_no) is not null as new_form
    from {{ ref('int_loop') }}
),
breaks as (
    select school_id, partnership_id, period.period_type, period.period, bool_or(new_form) as new_form
    from instrument_change
    cross join lateral (values ('loop', loop_no::text), ('school_year', school_year), ('partnership_year', partnership_year_no::text)) as period (period_type, period)
    group by 1, 2, 3, 4
),
agreement as (
    select school_id, partnership_id, partnership_year_no::text as period, max(version_no) as version_no from {{ ref('int_agreement_year') }} group by 1, 2, 3
)
select
    'school'::text as unit_level,
    with_status.school_id as unit_id,
    with_status.school_id,
    with_status.partnership_id,
    with_status.indicator_id,
    1 as definition_version,
    with_status.period_type,
    with_status.period,
    with_status.slice,
    case when status in ('observed', 'stated_zero') then numerator end as numerator,
    case when status in ('observed', 'stated_zero') or is_stated then denominator end as denominator,
    case
        when status not in ('observed', 'stated_zero') then null
        when with_status.unit = 'share' and denominator is not null then numerator / denominator
        else numerator
    end as value,
    case when indicator_id = 'U1' then 'loops' else with_status.unit end as unit,
    n_respondents::integer as n_respondents,
    coverage_observed::integer as coverage_observed,
    coverage_expected::integer as coverage_expected,
    status,
    '='::text as bound,
    null::numeric as interval_low,
    null::numeric as interval_high,
    null::numeric as shrunken,
    null::numeric as reliability,
    indicator_id = 'E3' and coalesce(breaks.new_form, false) as break_before,
    case when indicator_id = 'E3' and breaks.new_form then 'new_log_form' end as break_reason,
    case
        when status not in ('observed', 'stated_zero') then 'not_comparable'
        when is_stated or rests_on_assumed or coverage_observed < coverage_expected then 'with_care'
        else 'comparable'
    end as comparability,
    case
        when status not in ('observed', 'stated_zero') then 'no_number'
        when is_stated then 'stated_total'
        when rests_on_assumed then 'assumed_values'
        when coverage_observed < coverage_expected then 'incomplete_coverage'
    end as comparability_reason,
    agreement.version_no as agreement_version,
    is_stated
from with_status
left join breaks using (school_id, partnership_id, period_type, period)
left join agreement
    on with_status.school_id = agreement.school_id
    and with_status.partnership_id = agreement.partnership_id
    and with_status.period_type = 'partnership_year'
    and with_status.period = agreement.period
