-- grain: one row per school, partnership, indicator, version, period and slice, before the gate
with
    stated as (
        select
            school_id,
            partnership_id,
            measure as indicator_id,
            period_type,
            period_value as period,
            coalesce(
                (
                    select jsonb_object_agg(split_part(pair, '=', 1), split_part(pair, '=', 2))
                    from unnest(string_to_array(slice, ';')) as pair
                ),
                '{}'::jsonb
            ) as slice,
            numerator,
            denominator,
            indicator.definition_version
        from {{ rows_of('stg_stated_total') }} as delivered
        inner join
            {{ ref('indicator') }} as indicator
            on delivered.measure = indicator.indicator_id
            and indicator.is_current
        -- a total is told for a period of the kind that it says: a year as a year, a loop by its number
        where
            period_value ~ case
                period_type
                when 'project'
                then '^all$'
                when 'school_year'
                then '^20[0-9]{2}/[0-9]{2}$'
                else '^[0-9]+$'
            end
    ),
    -- a stated total counts only where the finer records are absent
    combined as (
        select
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            slice,
            case
                when computed.coverage_observed > 0 then computed.numerator else stated.numerator
            end as numerator,
            case
                when computed.coverage_observed > 0 then computed.denominator else stated.denominator
            end as denominator,
            computed.n_respondents,
            computed.coverage_observed,
            computed.coverage_expected,
            computed.absence,
            computed.comparison_family,
            -- what is stated as a total does not wait for the records that are not there
            coalesce(computed.is_provisional and computed.coverage_observed > 0, false) as is_provisional,
            computed.note,
            stated.school_id is not null
            and (computed.coverage_observed is null or computed.coverage_observed = 0) as is_stated
        from {{ rows_of('indicator_computed') }} as computed
        full outer join
            stated using (
                school_id, partnership_id, indicator_id, definition_version, period_type, period, slice
            )
    ),
    said as (
        select distinct indicator_id, definition_version, slice
        from {{ rows_of('indicator_computed') }} as computed
        union
        select indicator_id, definition_version, slice
        from stated
    ),
    -- the measure of the catalogue that a slice belongs to: the one that names most of it
    measure_of_slice as (
        select distinct
            on (said.indicator_id, said.definition_version, said.slice)
            said.indicator_id,
            said.definition_version,
            said.slice,
            measure.comparability_class,
            measure.disclosure,
            measure.unit,
            measure.needs,
            indicator.break_on
        from said
        inner join
            {{ ref('indicator_measure') }} as measure
            on said.indicator_id = measure.indicator_id
            and said.definition_version = measure.definition_version
            and said.slice @> measure.slice::jsonb
        inner join
            {{ ref('indicator') }} as indicator
            on measure.indicator_id = indicator.indicator_id
            and measure.definition_version = indicator.definition_version
        order by said.indicator_id, said.definition_version, said.slice, length(measure.slice) desc
    ),
    -- worked out once: the planner cannot know how few the changed schools are
    school_year_of_period as materialized(
        select school_id, partnership_id, 'loop' as period_type, loop_no::text as period, school_year
        from {{ rows_of('int_loop') }} as loop
        union all
        select school_id, partnership_id, 'school_year', school_year, school_year
        from {{ rows_of('int_school_year') }} as year
    ),
    -- the school years that a period holds
    year_of_period as (
        select school_id, partnership_id, period_type, period, school_year
        from school_year_of_period
        union
        select school_id, partnership_id, 'partnership_year', partnership_year_no::text, school_year
        from {{ rows_of('int_school_year') }} as year
        where partnership_year_no is not null
        union
        select school_id, partnership_id, 'project', 'all', school_year
        from {{ rows_of('int_school_year') }} as year
    ),
    -- what the design did not hold in any year of a period, as the partnership's deliveries say
    not_in_design as materialized(
        select school_id, partnership_id, period_type, period, array_agg(file_type) as file_types
        from
            (
                select
                    place.school_id, place.partnership_id, place.period_type, place.period, delivery.file_type
                from
                    (
                        select
                            *,
                            count(*) over (
                                partition by school_id, partnership_id, period_type, period
                            ) as years_n
                        from year_of_period
                    ) as place
                inner join
                    (
                        select distinct school_id, partnership_id, school_year, file_type
                        from {{ rows_of('stg_current_delivery') }} as said
                        where completeness = 'not_in_design'
                    ) as delivery using (school_id, partnership_id, school_year)
                group by
                    place.school_id,
                    place.partnership_id,
                    place.period_type,
                    place.period,
                    delivery.file_type,
                    place.years_n
                having count(*) = place.years_n
            ) as in_no_year
        group by school_id, partnership_id, period_type, period
    ),
    assumed as materialized(
        select distinct school_id
        from {{ rows_of('stg_current_delivery') }} as delivery
        where assumed_columns is not null
    ),
    with_status as (
        select
            combined.*,
            measure.comparability_class,
            measure.disclosure,
            measure.unit,
            measure.break_on,
            in_year.school_year,
            assumed.school_id is not null as rests_on_assumed,
            case
                when
                    combined.numerator is null
                    and combined.absence in ('not_in_design', 'not_applicable', 'insufficient', 'suppressed')
                    and not combined.is_stated
                then combined.absence
                when
                    combined.numerator is null
                    and not_in_design.file_types && string_to_array(measure.needs, ' ')
                then 'not_in_design'
                when combined.numerator is null
                then 'not_collected'
                when measure.unit = 'share' and combined.denominator is null
                then 'not_applicable'
                when combined.denominator = 0
                then 'not_applicable'
                -- what a party kept is not told from less than half of what it agreed to
                when
                    combined.indicator_id = 'A2'
                    and combined.slice ->> 'assessor' in ('own', 'other')
                    and measure.unit = 'share'
                    and combined.slice ->> 'commitment_type' is null
                    and combined.coverage_observed * 2 < combined.coverage_expected
                then 'insufficient'
                when combined.is_provisional
                then 'provisional'
                when combined.numerator = 0
                then 'stated_zero'
                else 'observed'
            end as status
        from combined
        inner join measure_of_slice as measure using (indicator_id, definition_version, slice)
        left join school_year_of_period as in_year using (school_id, partnership_id, period_type, period)
        left join not_in_design using (school_id, partnership_id, period_type, period)
        left join assumed on combined.school_id = assumed.school_id
    ),
    -- what a period says to an indicator, by the kinds of change that break its series; a few readings
    -- serve all indicators
    context as materialized(
        select
            school_id,
            partnership_id,
            period_type,
            period,
            listed.break_on,
            string_to_array(listed.break_on, ' ') as break_kinds,
            period_context.versions,
            (
                select jsonb_object_agg(kind, versions -> kind)
                from unnest(string_to_array(listed.break_on, ' ')) as kind
                where versions ? kind
            ) as compared_on,
            (
                select min(kind)
                from unnest(string_to_array(listed.break_on, ' ')) as kind
                where kind = any(new_kinds)
            ) as new_kind
        from {{ rows_of('int_period_context') }} as period_context
        cross join (select distinct coalesce(break_on, '') as break_on from {{ ref('indicator') }}) as listed
    ),
    with_context as (
        select
            with_status.*,
            {{ carries_number('with_status.status') }} as has_number,
            context.break_kinds,
            context.versions,
            context.compared_on,
            context.new_kind,
            agreement.version_no,
            case
                when with_status.period ~ '^\d+$'
                then lpad(with_status.period, 6, '0')
                else with_status.period
            end as period_order
        from with_status
        left join
            context
            on with_status.school_id = context.school_id
            and with_status.partnership_id = context.partnership_id
            and with_status.period_type = context.period_type
            and with_status.period = context.period
            and coalesce(with_status.break_on, '') = context.break_on
        left join
            {{ rows_of('int_agreement_in_force') }} as agreement
            on with_status.school_id = agreement.school_id
            and with_status.partnership_id = agreement.partnership_id
            and with_status.period_type = agreement.period_type
            and with_status.period = agreement.period
    ),
    with_before as (
        select
            *,
            lag(has_number) over series as had_number,
            lag(is_stated or rests_on_assumed or coverage_observed < coverage_expected) over series
            as needed_care,
            lag(comparison_family) over series as family_before
        from with_context
        window
            series as (
                partition by school_id, partnership_id, indicator_id, definition_version, slice, period_type
                order by period_order
            )
    )
select
    'school'::text as unit_level,
    school_id as unit_id,
    school_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    slice,
    -- something done where nothing was planned is told as it is: one over zero has no share
    case
        when has_number or (denominator = 0 and numerator > 0 and disclosure = 'structural') then numerator
    end as numerator,
    case
        when has_number or is_stated or (denominator = 0 and numerator > 0 and disclosure = 'structural')
        then denominator
    end as denominator,
    case
        when not has_number then null when unit = 'share' then numerator / denominator else numerator
    end as value,
    unit,
    n_respondents::integer as n_respondents,
    coverage_observed::integer as coverage_observed,
    coverage_expected::integer as coverage_expected,
    status,
    -- what is told at least is no less than it says
    case when has_number and 'at_least' = any(string_to_array(note, ' ')) then '>=' else '=' end as bound,
    null::numeric as interval_low,
    null::numeric as interval_high,
    null::numeric as shrunken,
    null::numeric as reliability,
    new_kind is not null or coalesce(note = 'years_do_not_map', false) as break_before,
    case when note = 'years_do_not_map' then note else 'new_' || new_kind end as break_reason,
    {{ verdict_alone() }},
    version_no as agreement_version,
    is_stated,
    comparability_class,
    disclosure,
    comparison_family,
    school_year,
    compared_on,
    note,
    {{ verdict_on_change() }}
from with_before
