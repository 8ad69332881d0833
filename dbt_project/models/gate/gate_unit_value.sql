{{ config(alias='unit_value', tags=['candidate']) }}
-- grain: one row per municipality, county, school owner, institution or the network, indicator, version, school year, budget year, block of years or project, and slice: sums of what the gate lets others see
with policy as (
    select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1
),
-- what rests on people is also told for fixed blocks of years
school_value as (
    select
        value.school_id, value.partnership_id, value.indicator_id, value.definition_version, value.comparability_class, clock.period_type, clock.period, value.slice,
        value.status, value.part_numerator, value.part_denominator, value.gate_reason,
        case value.period_type
            when 'budget_year' then {{ school_year_from('value.period::integer') }}
            -- the project's sum belongs to those that the school belonged to in its last year
            when 'project' then (select max(school_year) from {{ ref('int_school_place') }} as place where place.school_id = value.school_id)
            else value.period
        end as school_year
    from {{ ref('gate_shown_value') }} as value
    left join {{ ref('gate_year_block') }} as block on value.period_type = 'school_year' and value.gate_reason = 'respondents' and value.period = block.school_year
    cross join lateral (values (value.period_type, value.period), ('year_block', block.year_block)) as clock (period_type, period)
    where value.unit_level = 'school' and value.comparability_class <> 'K3' and value.unit = 'share' and clock.period is not null
        and (value.period_type in ('school_year', 'budget_year') or (value.period_type = 'project' and value.indicator_id = 'A1'))
),
institution_of_partnership as (
    select distinct partnership_id, party_id as institution_id from {{ ref('stg_register_partnership_party') }} where party_type = 'institution'
),
-- the units that a school's value belongs to: where and whose the school was, where and whose that is today, its universities, and the network
unit_of_school as (
    select school_id, school_year, null::text as partnership_id, level.unit_level, level.unit_id, structure
    from {{ ref('int_school_place') }}
    cross join lateral (values ('municipality', municipality_no), ('county', county_no), ('school_owner', owner_id)) as level (unit_level, unit_id)
),
unit_of_value as (
    select value.school_id, value.partnership_id, value.school_year, place.unit_level, place.unit_id, place.structure
    from (select distinct school_id, partnership_id, school_year from school_value) as value
    inner join unit_of_school as place using (school_id, school_year)
    union all
    select value.school_id, value.partnership_id, value.school_year, 'institution', institution.institution_id, null
    from (select distinct school_id, partnership_id, school_year from school_value) as value
    inner join institution_of_partnership as institution using (partnership_id)
    union all
    select distinct school_id, partnership_id, school_year, 'network', 'all', null from school_value
),
-- schools that have a row at all, shown or not: how many a total should hold
expected as (
    select unit_level, unit_id, structure, indicator_id, definition_version, comparability_class, period_type, period, slice,
        count(distinct school_id)::integer as schools_n, bool_or(status = 'awaiting_member_check') as is_awaited, bool_and(status = 'withdrawn') as is_withdrawn
    from school_value
    inner join unit_of_value using (school_id, partnership_id, school_year)
    -- an owner follows what was done and agreed, not what people answered
    where (unit_level <> 'school_owner' or (gate_reason = 'structural' and comparability_class = 'K1'))
        and (period_type <> 'project' or unit_level in ('school_owner', 'institution', 'network'))
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
),
structural_part as (
    select unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice, school_id, 1 as schools_n,
        part_numerator as x, part_denominator as base, null::integer as n, false as has_coded, null::text as family, school_year,
        status = 'provisional' as is_provisional
    from school_value
    inner join unit_of_value using (school_id, partnership_id, school_year)
    -- what was done where nothing was planned has no share of its own, and still adds to the sum
    where gate_reason = 'structural' and comparability_class = 'K1' and part_numerator is not null
),
-- an atom counts where all its schools belong to the unit, else nowhere at that level
unit_of_atom as (
    select atom_level, atom_id, indicator_id, definition_version, whole_question, family, school_year, level.unit_level, min(level.unit_id) as unit_id, level.structure
    from {{ ref('gate_membership') }}
    cross join lateral (values
        ('municipality', municipality_no, 'as_it_was'), ('municipality', municipality_today, 'today'),
        ('county', {{ county_of('municipality_no') }}, 'as_it_was'), ('county', {{ county_of('municipality_today') }}, 'today'), ('network', 'all', null)
    ) as level (unit_level, unit_id, structure)
    where atom_level <> 'withheld'
    group by atom_level, atom_id, indicator_id, definition_version, whole_question, family, school_year, level.unit_level, level.structure
    having count(distinct level.unit_id) = 1 and count(*) = count(level.unit_id)
    union all
    select distinct atom_level, atom_id, indicator_id, definition_version, whole_question, family, school_year, 'institution', institution.institution_id, null::text
    from {{ ref('gate_membership') }}
    cross join lateral unnest(string_to_array(institutions, '+')) as institution (institution_id)
    where atom_level <> 'withheld'
),
-- a school's own numbers wait until it has seen them, also within a sum
awaited as (
    select distinct school_id, partnership_id, indicator_id, definition_version, period_type, period
    from {{ ref('gate_shown_value') }}
    where status = 'awaiting_member_check'
),
respondents_part as (
    select unit.unit_level, unit.unit_id, unit.structure, atom.indicator_id, atom.definition_version, clock.period_type, clock.period, atom.slice,
        atom.unit_id as school_id, atom.schools_n, atom.safe_x as x, atom.base, atom.n, atom.has_coded, atom.family, atom.school_year, false as is_provisional
    from {{ ref('gate_told_atom') }} as atom
    inner join unit_of_atom as unit
        on atom.unit_level = unit.atom_level and atom.unit_id = unit.atom_id and atom.indicator_id = unit.indicator_id and atom.definition_version = unit.definition_version
        and atom.whole_question = unit.whole_question and atom.family = unit.family and atom.school_year = unit.school_year
    left join awaited
        on atom.unit_level = 'school' and atom.unit_id = awaited.school_id and atom.partnership_id = awaited.partnership_id and atom.indicator_id = awaited.indicator_id
        and atom.definition_version = awaited.definition_version and atom.period_type = awaited.period_type and atom.period = awaited.period
    cross join lateral (values ('school_year', atom.school_year), ('year_block', atom.year_block)) as clock (period_type, period)
    where awaited.school_id is null
),
respondents_n as (
    select unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice, sum(n)::integer as n
    from (
        select unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice, school_id, max(n) as n
        from respondents_part
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    ) as largest_round
    group by 1, 2, 3, 4, 5, 6, 7, 8
),
respondents_schools as (
    select unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice, sum(schools_n)::integer as schools_n
    from (
        select distinct unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice, school_id, schools_n from respondents_part
    ) as once
    group by 1, 2, 3, 4, 5, 6, 7, 8
),
summed as (
    select unit_level, unit_id, structure, indicator_id, definition_version, period_type, period, slice,
        sum(x) as x, sum(base) as base, bool_or(has_coded) as has_coded, nullif(min(family), '') as family, min(family) is distinct from max(family) as is_mixed,
        count(distinct school_id)::integer as schools_n, count(distinct school_year)::integer as years_n,
        bool_or(is_provisional) as is_provisional
    from (select * from structural_part union all select * from respondents_part) as part
    group by 1, 2, 3, 4, 5, 6, 7, 8
),
measure as (
    select indicator_id, definition_version, slice::jsonb as slice, disclosure from {{ ref('indicator_measure') }}
),
joined as (
    select
        expected.*,
        coalesce((
            select measure.disclosure from measure
            where measure.indicator_id = expected.indicator_id and measure.definition_version = expected.definition_version and expected.slice @> measure.slice
            order by length(measure.slice::text) desc limit 1
        ), 'structural') <> 'structural' as rests_on_people,
        summed.x, summed.base, summed.has_coded, summed.family, summed.is_mixed, summed.is_provisional,
        expected.period_type = 'year_block' and summed.years_n < policy.block_years as lacks_years,
        respondents_n.n, coalesce(respondents_schools.schools_n, summed.schools_n, 0) as counted_n,
        policy.min_unit_respondents, policy.assumed_design_effect
    from expected
    cross join policy
    left join summed
        on expected.unit_level = summed.unit_level and expected.unit_id = summed.unit_id and expected.structure is not distinct from summed.structure
        and expected.indicator_id = summed.indicator_id and expected.definition_version = summed.definition_version
        and expected.period_type = summed.period_type and expected.period = summed.period and expected.slice = summed.slice
    left join respondents_n
        on expected.unit_level = respondents_n.unit_level and expected.unit_id = respondents_n.unit_id and expected.structure is not distinct from respondents_n.structure
        and expected.indicator_id = respondents_n.indicator_id and expected.definition_version = respondents_n.definition_version
        and expected.period_type = respondents_n.period_type and expected.period = respondents_n.period and expected.slice = respondents_n.slice
    left join respondents_schools
        on expected.unit_level = respondents_schools.unit_level and expected.unit_id = respondents_schools.unit_id
        and expected.structure is not distinct from respondents_schools.structure
        and expected.indicator_id = respondents_schools.indicator_id and expected.definition_version = respondents_schools.definition_version
        and expected.period_type = respondents_schools.period_type and expected.period = respondents_schools.period and expected.slice = respondents_schools.slice
    where expected.comparability_class = 'K1' or summed.family is not null
),
decided as (
    select *,
        case
            when x is null and is_withdrawn then 'withdrawn'
            when x is null and is_awaited then 'awaiting_member_check'
            when x is null and rests_on_people then 'suppressed'
            when x is null then 'not_collected'
            when is_mixed then 'insufficient'
            when rests_on_people and n < min_unit_respondents then 'suppressed'
            when base = 0 then 'not_applicable'
            when is_provisional then 'provisional'
            when x = 0 then 'stated_zero'
            else 'observed'
        end as status
    from joined
),
shown as (
    select *, {{ carries_number('status') }} as is_shown from decided
)
select
    unit_level, unit_id, null::text as school_id, null::text as partnership_id, indicator_id, definition_version, comparability_class, period_type, period,
    case when structure is null then slice else slice || jsonb_build_object('structure', structure) end as slice,
    case when is_shown then x end as numerator,
    case when is_shown then base end as denominator,
    case when is_shown and base > 0 then x / base end as value,
    'share'::text as unit,
    case when is_shown and rests_on_people then n end as n_respondents,
    null::text as n_band,
    counted_n as coverage_observed,
    schools_n as coverage_expected,
    status,
    '='::text as bound,
    null::numeric as value_below,
    case when is_shown and rests_on_people then round(({{ wilson_low('x', 'base', 'assumed_design_effect') }})::numeric, 2) end as interval_low,
    case when is_shown and rests_on_people then round(({{ wilson_high('x', 'base', 'assumed_design_effect') }})::numeric, 2) end as interval_high,
    null::numeric as shrunken,
    null::numeric as reliability,
    false as break_before,
    null::text as break_reason,
    case when is_shown and (has_coded or counted_n < schools_n or lacks_years) then 'with_care' when is_shown then 'comparable' else 'not_comparable' end as comparability,
    case
        when status = 'suppressed' then 'suppressed'
        when status = 'insufficient' then 'mixed_family'
        when not is_shown then 'no_number'
        when counted_n < schools_n or lacks_years then 'incomplete_coverage'
        when has_coded then 'edge_values'
    end as comparability_reason,
    null::text as change_comparability,
    null::text as change_reason,
    family as comparison_family,
    null::integer as agreement_version,
    false as change_waits,
    null::jsonb as compared_on
from shown
