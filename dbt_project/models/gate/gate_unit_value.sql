{{ config(alias='unit_value', tags=['candidate']) }}
-- grain: one row per municipality, county, school owner, institution or the network, indicator, version,
-- school year, budget year, block of years or project, and slice: sums of what the gate lets others see
{%- set parts_before = api.Relation.create(
    database=this.database, schema='published', identifier='total_part'
) %}
{%- set values_before = api.Relation.create(
    database=this.database, schema='published', identifier='indicator_value'
) %}
{%- set has_before = execute and adapter.get_relation(
    parts_before.database, parts_before.schema, parts_before.identifier
) %}
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    -- schools that have a row at all, shown or not: how many a total should hold
    expected as (
        select
            unit_level,
            unit_id,
            structure,
            indicator_id,
            definition_version,
            comparability_class,
            period_type,
            period,
            slice,
            count(distinct school_id)::integer as schools_n,
            bool_or(status = 'awaiting_member_check') as is_awaited,
            bool_and(status = 'withdrawn') as is_withdrawn
        from {{ ref('gate_unit_cell') }}
        -- an owner follows what was done and agreed, not what people answered
        where
            (unit_level <> 'school_owner' or (gate_reason = 'structural' and comparability_class = 'K1'))
            and (period_type <> 'project' or unit_level in ('school_owner', 'institution', 'network'))
        group by
            unit_level,
            unit_id,
            structure,
            indicator_id,
            definition_version,
            comparability_class,
            period_type,
            period,
            slice
    ),
    respondents_n as (
        select
            unit_level,
            unit_id,
            structure,
            indicator_id,
            definition_version,
            period_type,
            period,
            slice,
            sum(n)::integer as n
        from
            (
                select
                    unit_level,
                    unit_id,
                    structure,
                    indicator_id,
                    definition_version,
                    period_type,
                    period,
                    slice,
                    part_id,
                    max(n) as n
                from {{ ref('gate_unit_part') }}
                where gate_reason = 'respondents'
                group by
                    unit_level,
                    unit_id,
                    structure,
                    indicator_id,
                    definition_version,
                    period_type,
                    period,
                    slice,
                    part_id
            ) as largest_round
        group by unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice
    ),
    respondents_schools as (
        select
            unit_level,
            unit_id,
            structure,
            indicator_id,
            definition_version,
            period_type,
            period,
            slice,
            sum(schools_n)::integer as schools_n
        from
            (
                select distinct
                    unit_level,
                    unit_id,
                    structure,
                    indicator_id,
                    definition_version,
                    period_type,
                    period,
                    slice,
                    part_id,
                    schools_n
                from {{ ref('gate_unit_part') }}
                where gate_reason = 'respondents'
            ) as once
        group by unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice
    ),
    summed as (
        select
            unit_level,
            unit_id,
            structure,
            indicator_id,
            definition_version,
            period_type,
            period,
            slice,
            sum(low_x) as low_x,
            sum(high_x) as high_x,
            sum(base) as base,
            count(*) as atoms_n,
            bool_and(is_rest) as is_rest,
            bool_or(has_coded) as has_coded,
            nullif(min(family), '') as family,
            min(family) is distinct from max(family) as is_mixed,
            count(distinct part_id)::integer as schools_n,
            count(distinct school_year)::integer as years_n,
            bool_or(is_provisional) as is_provisional,
            bool_or(has_counted_once) as has_counted_once
        from {{ ref('gate_unit_part') }}
        group by unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice
    ),
    measure as (
        select indicator_id, definition_version, slice::jsonb as slice, disclosure
        from {{ ref('indicator_measure') }}
    ),
    -- once, since what comes after asks several times
    joined as materialized(
        select
            expected.*,
            coalesce(
                (
                    select measure.disclosure
                    from measure
                    where
                        measure.indicator_id = expected.indicator_id
                        and measure.definition_version = expected.definition_version
                        and expected.slice @> measure.slice
                    order by length(measure.slice::text) desc
                    limit 1
                ),
                'structural'
            )
            <> 'structural' as rests_on_people,
            summed.low_x,
            summed.high_x,
            summed.base,
            summed.atoms_n,
            summed.is_rest,
            summed.has_coded,
            summed.family,
            summed.is_mixed,
            summed.is_provisional,
            summed.has_counted_once,
            expected.period_type = 'year_block' and summed.years_n < policy.block_years as lacks_years,
            respondents_n.n,
            coalesce(respondents_schools.schools_n, summed.schools_n, 0) as counted_n,
            policy.min_unit_respondents,
            policy.assumed_design_effect,
            policy.max_range_width
        from expected
        cross join policy
        left join
            summed
            on expected.unit_level = summed.unit_level
            and expected.unit_id = summed.unit_id
            and expected.structure is not distinct from summed.structure
            and expected.indicator_id = summed.indicator_id
            and expected.definition_version = summed.definition_version
            and expected.period_type = summed.period_type
            and expected.period = summed.period
            and expected.slice = summed.slice
        left join
            respondents_n
            on expected.unit_level = respondents_n.unit_level
            and expected.unit_id = respondents_n.unit_id
            and expected.structure is not distinct from respondents_n.structure
            and expected.indicator_id = respondents_n.indicator_id
            and expected.definition_version = respondents_n.definition_version
            and expected.period_type = respondents_n.period_type
            and expected.period = respondents_n.period
            and expected.slice = respondents_n.slice
        left join
            respondents_schools
            on expected.unit_level = respondents_schools.unit_level
            and expected.unit_id = respondents_schools.unit_id
            and expected.structure is not distinct from respondents_schools.structure
            and expected.indicator_id = respondents_schools.indicator_id
            and expected.definition_version = respondents_schools.definition_version
            and expected.period_type = respondents_schools.period_type
            and expected.period = respondents_schools.period
            and expected.slice = respondents_schools.slice
        where expected.comparability_class = 'K1' or summed.family is not null
    ),
    decided as (
        select
            *,
            case
                when low_x is null and is_withdrawn
                then 'withdrawn'
                when low_x is null and is_awaited
                then 'awaiting_member_check'
                when low_x is null and rests_on_people
                then 'suppressed'
                when low_x is null
                then 'not_collected'
                when is_mixed
                then 'insufficient'
                when rests_on_people and (n < min_unit_respondents or is_rest or is_too_wide)
                then 'suppressed'
                when base = 0
                then 'not_applicable'
                when is_provisional
                then 'provisional'
                when high_x = 0
                then 'stated_zero'
                else 'observed'
            end as status
        from
            (
                select
                    *,
                    {{ range_too_wide('low_x', 'high_x', 'base', "'share'", 'atoms_n', 'max_range_width') }}
                    as is_too_wide
                from joined
            ) as measured
    ),
    shown as (
        select
            *,
            {{ carries_number('status') }} as is_shown,
            rests_on_people and indicator_id = 'E3' as is_response_rate,
            {{ bound_of('low_x', 'high_x', 'base') }} as bound,
            case
                when status = 'withdrawn'
                then 'withdrawn'
                when status = 'awaiting_member_check'
                then 'waits_for_school'
                when status <> 'suppressed'
                then null
                when low_x is null
                then 'few_people'
                when n < min_unit_respondents
                then 'few_people_together'
                when is_rest
                then 'few_chose'
                else 'range_too_wide'
            end as status_reason
        from decided
    ),
    -- people are told of above the school as they are beside one
    stepped as (
        select
            *,
            {{ fewest_told('n') }} as fewest,
            {{ told_x('low_x', 'high_x', 'bound') }} as told_x,
            case when base > 0 then {{ range_end_told('low_x / base', 'n', 'floor') }} end as least_of_range,
            case when base > 0 then {{ range_end_told('high_x / base', 'n', 'ceil') }} end as most_of_range
        from shown
    ),
    bounded as (
        select
            *,
            case
                when not is_shown or is_response_rate or not rests_on_people or bound = '='
                then '='
                when bound <> 'range'
                then bound
                when least_of_range = 0
                then '<='
                when most_of_range = 1
                then '>='
                else 'range'
            end as bound_told
        from stepped
    ),
    told as materialized(
        select
            *,
            case
                when not is_shown or base <= 0
                then null
                when is_response_rate
                then {{ rate_told('low_x / base') }}
                when not rests_on_people
                then told_x / base
                when bound_told = '='
                then {{ share_told('told_x / base', 'n') }}
                when bound_told = '<='
                then most_of_range
                else least_of_range
            end as value_told
        from bounded
    ),
    total as (
        select
            unit_level,
            unit_id,
            null::text as school_id,
            null::text as partnership_id,
            indicator_id,
            definition_version,
            comparability_class,
            period_type,
            period,
            case
                when structure is null then slice else slice || jsonb_build_object('structure', structure)
            end as slice,
            case when is_shown and not rests_on_people then told_x end as numerator,
            null::numeric as numerator_high,
            case when is_shown and not rests_on_people then base end as denominator,
            value_told as value,
            case when bound_told = 'range' then most_of_range end as value_high,
            'share'::text as unit,
            null::integer as n_respondents,
            case when is_shown and rests_on_people then {{ band_of_people('n') }} end as n_band,
            counted_n as coverage_observed,
            schools_n as coverage_expected,
            status,
            status_reason,
            case when is_shown and has_counted_once then 'meeting_counted_once' end as note,
            case
                when is_response_rate and is_shown and high_x / nullif(base, 0) >= 0.8
                then '>='
                else bound_told
            end as bound,
            case
                when is_response_rate and is_shown then {{ rate_told_below('high_x / nullif(base, 0)') }}
            end as value_below,
            case
                when is_shown and rests_on_people and not is_response_rate
                then
                    round(
                        (
                            {{
                                wilson_low(
                                    least_told('value_told', 'bound_told') ~ ' * fewest',
                                    'fewest',
                                    'assumed_design_effect',
                                )
                            }}
                        )::numeric,
                        2
                    )
            end as interval_low,
            case
                when is_shown and rests_on_people and not is_response_rate
                then
                    round(
                        (
                            {{
                                wilson_high(
                                    most_told('value_told', 'most_of_range', 'bound_told') ~ ' * fewest',
                                    'fewest',
                                    'assumed_design_effect',
                                )
                            }}
                        )::numeric,
                        2
                    )
            end as interval_high,
            null::numeric as shrunken,
            null::numeric as reliability,
            false as break_before,
            null::text as break_reason,
            case
                when is_shown and (has_coded or counted_n < schools_n or lacks_years)
                then 'with_care'
                when is_shown
                then 'comparable'
                else 'not_comparable'
            end as comparability,
            case
                when status = 'suppressed'
                then 'suppressed'
                when status = 'insufficient'
                then 'mixed_family'
                when not is_shown
                then 'no_number'
                when counted_n < schools_n or lacks_years
                then 'incomplete_coverage'
                when bound_told = 'range'
                then 'told_as_range'
                when has_coded
                then 'edge_values'
            end as comparability_reason,
            null::text as change_comparability,
            null::text as change_reason,
            family as comparison_family,
            null::integer as agreement_version,
            false as change_waits,
            null::jsonb as compared_on,
            -- what is shown of it, behind the gate; never published
            case when is_shown then low_x end as part_numerator,
            case when is_shown then high_x end as part_numerator_high,
            case when is_shown then base end as part_denominator,
            case when rests_on_people then 'respondents' else 'structural' end as gate_reason
        from told
    ),
    {%- if has_before %}
        keyed as (select total.*, {{ cell_key('total') }} as cell_key from total),
        -- schools that came to a total or left it since it was last shown: one or two would be told by the
        -- difference
        part_now as (
            select distinct keyed.cell_key, part.part_id, part.schools_n
            from keyed
            inner join
                {{ ref('gate_unit_part') }} as part
                on keyed.unit_level = part.unit_level
                and keyed.unit_id = part.unit_id
                and keyed.indicator_id = part.indicator_id
                and keyed.definition_version = part.definition_version
                and keyed.period_type = part.period_type
                and keyed.period = part.period
                and keyed.slice = case
                    when part.structure is null
                    then part.slice
                    else part.slice || jsonb_build_object('structure', part.structure)
                end
            where keyed.value is not null
        ),
        part_before as (
            select
                value.cell_key,
                value.content,
                part.part_id,
                max(part.schools_n) as schools_n,
                sum(part.x) as x,
                sum(part.base) as base
            from {{ parts_before }} as part
            inner join {{ values_before }} as value using (content)
            group by value.cell_key, value.content, part.part_id
        ),
        moved as (
            select
                coalesce(part_now.cell_key, part_before.cell_key) as cell_key,
                sum(coalesce(part_now.schools_n, part_before.schools_n)) filter (
                    where part_now.part_id is null or part_before.part_id is null
                ) as schools_n
            from part_now
            full join part_before using (cell_key, part_id)
            group by coalesce(part_now.cell_key, part_before.cell_key)
        ),
        -- named, not referred to: people write published.withdrawal; what is withdrawn is not kept in a total
        kept as (
            select
                before.cell_key,
                before.content as kept_content,
                sum(before.x) as part_numerator,
                sum(before.base) as part_denominator
            from part_before as before
            inner join moved using (cell_key)
            inner join keyed using (cell_key)
            cross join policy
            where moved.schools_n between 1 and policy.k_units - 1
            group by before.cell_key, before.content
            having
                not bool_or(
                    exists (
                        select 1
                        from published.withdrawal as withdrawal
                        where
                            withdrawal.lifted_at is null
                            and withdrawal.school_id = before.part_id
                            and withdrawal.indicator_id = keyed.indicator_id
                    )
                )
        ),
        told_now as (
            select
                {{ value_columns_of('keyed') }},
                keyed.part_numerator,
                keyed.part_numerator_high,
                keyed.part_denominator,
                keyed.gate_reason,
                null::text as kept_content
            from keyed
            where not exists (select 1 from kept where kept.cell_key = keyed.cell_key)
            union all
            select
                {{ value_columns_kept('before', values_before) }},
                kept.part_numerator,
                kept.part_numerator as part_numerator_high,
                kept.part_denominator,
                keyed.gate_reason,
                kept.kept_content
            from kept
            inner join keyed using (cell_key)
            inner join {{ values_before }} as before using (cell_key)
        )
    {%- else %}
        told_now as (
            select
                {{ value_columns_of('total') }},
                total.part_numerator,
                total.part_numerator_high,
                total.part_denominator,
                total.gate_reason,
                null::text as kept_content
            from total
        )
    {%- endif %}
select told_now.*, {{ cell_key('told_now') }} as cell_key, md5(told::text) as content
from told_now
-- the fingerprint is that of the published row, without what stays behind the gate
cross join lateral(select {{ value_columns_of('told_now') }}) as told
