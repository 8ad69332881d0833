-- grain: one row per school, partnership, indicator, version, period and slice, from the finest records;
-- sums of numerators over sums of denominators, never averages of shares
with
    part as (
        {% for family in [
            'collaboration',
            'development',
            'agreement',
            'support',
            'process',
            'ownership',
            'institutionalisation',
            'log_themes',
        ] -%}
            select
                school_id,
                partnership_id,
                loop_no,
                school_year,
                partnership_year_no,
                budget_year,
                indicator_id,
                slice,
                numerator,
                denominator,
                n_respondents,
                absence,
                aggregation,
                comparison_family,
                only_clock,
                provisional_on,
                note,
                null::integer as earlier_version
            from {{ rows_of('int_part_' ~ family) }} as {{ family }}
            union all
        {% endfor -%}
        select
            school_id,
            partnership_id,
            loop_no,
            school_year,
            partnership_year_no,
            budget_year,
            indicator_id,
            slice,
            numerator,
            denominator,
            n_respondents,
            absence,
            aggregation,
            comparison_family,
            only_clock,
            provisional_on,
            note,
            definition_version
        from {{ rows_of('int_part_earlier') }} as earlier
    ),
    version_in_force as (
        select indicator_id, definition_version from {{ ref('indicator') }} where is_current
    ),
    -- one part counts once in each clock that it knows its place in, unless it belongs to one clock only
    in_clock as not materialized(
        select
            part.*,
            clock.period_type,
            clock.period,
            coalesce(
                note,
                case
                    when
                        numerator is not null
                        and provisional_on = 'school_year'
                        and clock.period_type = 'school_year'
                    then 'no_calendar'
                end
            ) as told_note
        from part
        cross join
            lateral(
                values
                    ('loop', loop_no::text),
                    ('school_year', school_year),
                    ('partnership_year', partnership_year_no::text),
                    ('budget_year', budget_year),
                    ('project', 'all')
            ) as clock(period_type, period)
        where clock.period is not null and (only_clock is null or only_clock = clock.period_type)
    ),
    {%- set what_is_there %}
    count(numerator) as coverage_observed,
    -- what the design does not hold is not waited for
    count(*) filter (
        where absence is null or absence not in ('not_in_design', 'not_applicable')
    ) as coverage_expected,
    case
        when count(numerator) > 0 then null
        when bool_or(absence is null) then 'not_collected'
        when bool_or(absence = 'insufficient') then 'insufficient'
        when bool_or(absence = 'suppressed') then 'suppressed'
        when bool_or(absence = 'not_in_design') then 'not_in_design'
        else 'not_applicable'
    end as absence,
    case
        when min(comparison_family) = max(comparison_family)
        then min(comparison_family)
        when min(comparison_family) is not null
        then 'mixed'
    end as comparison_family,
    coalesce(bool_or(provisional_on in (period_type, 'every_clock')), false) as is_provisional,
    -- a loop placed by its own year, since that year's calendar is not there, is only by school year not for
    -- certain
    string_agg(distinct told_note, ' ' order by told_note) as note
    {%- endset %}
    -- sums need no order of the parts, which most values are; medians and the newest do
    counted as (
        select
            school_id,
            partnership_id,
            indicator_id,
            earlier_version,
            period_type,
            period,
            slice,
            sum(numerator) as numerator,
            sum(denominator) filter (where numerator is not null) as denominator,
            max(n_respondents) as n_respondents,
            {{ what_is_there }}
        from in_clock
        where aggregation = 'sum'
        group by school_id, partnership_id, indicator_id, earlier_version, period_type, period, slice
        union all
        select
            school_id,
            partnership_id,
            indicator_id,
            earlier_version,
            period_type,
            period,
            slice,
            case
                aggregation
                when 'median'
                then (percentile_cont(0.5) within group (order by numerator))::numeric
                else (array_agg(numerator order by school_year desc) filter (where numerator is not null))[1]
            end,
            case
                aggregation
                when 'median'
                then sum(denominator) filter (where numerator is not null)
                else
                    (array_agg(denominator order by school_year desc) filter (where numerator is not null))[1]
            end,
            max(n_respondents),
            {{ what_is_there }}
        from in_clock
        where aggregation <> 'sum'
        group by
            school_id, partnership_id, indicator_id, earlier_version, period_type, period, slice, aggregation
    )
select
    counted.school_id,
    counted.partnership_id,
    counted.indicator_id,
    coalesce(counted.earlier_version, version_in_force.definition_version) as definition_version,
    counted.period_type,
    counted.period,
    counted.slice,
    counted.numerator,
    counted.denominator,
    counted.n_respondents,
    counted.coverage_observed,
    counted.coverage_expected,
    counted.absence,
    counted.comparison_family,
    counted.is_provisional,
    counted.note
from counted
inner join version_in_force using (indicator_id)
