{{ config(alias='unit_part', tags=['candidate']) }}
-- grain: one row per unit, indicator, version, period and slice above the school, and each school or pool
-- that counts in its total, with what it counts; never shown
with
    structural_cell as (
        select
            cell.*,
            indicator.is_school_fact,
            indicator.is_current,
            row_number() over (
                partition by
                    cell.unit_level,
                    cell.unit_id,
                    cell.structure,
                    cell.indicator_id,
                    cell.definition_version,
                    cell.period_type,
                    cell.period,
                    cell.slice,
                    cell.school_id
                order by cell.partnership_id
            ) as place
        from {{ ref('gate_unit_cell') }} as cell
        inner join {{ ref('indicator') }} as indicator using (indicator_id, definition_version)
        -- what was done where nothing was planned has no share of its own, and still adds to the sum
        where
            cell.gate_reason = 'structural'
            and cell.comparability_class = 'K1'
            and cell.part_numerator is not null
    ),
    -- what a meeting that serves several partnerships would add more than once to a sum that holds them
    counted_again as (
        select
            unit_level,
            unit_id,
            structure,
            indicator_id,
            definition_version,
            period,
            slice,
            school_id,
            partnership_id,
            sum(numerator) as x,
            sum(denominator) as base
        from
            (
                select
                    cell.unit_level,
                    cell.unit_id,
                    cell.structure,
                    cell.indicator_id,
                    cell.definition_version,
                    cell.period,
                    cell.slice,
                    cell.school_id,
                    cell.partnership_id,
                    meeting.numerator,
                    meeting.denominator,
                    row_number() over (
                        partition by
                            cell.unit_level,
                            cell.unit_id,
                            cell.structure,
                            cell.indicator_id,
                            cell.slice,
                            cell.school_id,
                            meeting.meeting_id,
                            meeting.meeting_date
                        order by meeting.denominator desc, cell.partnership_id
                    ) as time_no
                from structural_cell as cell
                inner join
                    {{ ref('int_shared_meeting') }} as meeting
                    on cell.school_id = meeting.school_id
                    and cell.partnership_id = meeting.partnership_id
                    and cell.indicator_id = meeting.indicator_id
                    and cell.slice = meeting.slice
                    and cell.period = meeting.school_year
                where cell.is_current and cell.period_type = 'school_year'
            ) as counted
        where time_no > 1
        group by
            unit_level,
            unit_id,
            structure,
            indicator_id,
            definition_version,
            period,
            slice,
            school_id,
            partnership_id
    ),
    structural_part as (
        select
            cell.unit_level,
            cell.unit_id,
            cell.structure,
            cell.indicator_id,
            cell.definition_version,
            cell.period_type,
            cell.period,
            cell.slice,
            'structural' as gate_reason,
            'school' as part_level,
            cell.school_id as part_id,
            1 as schools_n,
            told.x,
            told.x as low_x,
            told.x as high_x,
            told.base,
            null::integer as n,
            false as has_coded,
            false as is_rest,
            null::text as family,
            cell.school_year,
            cell.status = 'provisional' as is_provisional,
            again.school_id is not null as has_counted_once
        from structural_cell as cell
        left join
            counted_again as again
            on cell.unit_level = again.unit_level
            and cell.unit_id = again.unit_id
            and cell.structure is not distinct from again.structure
            and cell.indicator_id = again.indicator_id
            and cell.definition_version = again.definition_version
            and cell.period_type = 'school_year'
            and cell.period = again.period
            and cell.slice = again.slice
            and cell.school_id = again.school_id
            and cell.partnership_id = again.partnership_id
        cross join
            lateral(
                select
                    cell.part_numerator - case when again.school_id is null then 0 else again.x end as x,
                    cell.part_denominator
                    - case when again.school_id is null then 0 else again.base end as base
            ) as told
        -- a fact of the school counts once, in however many partnerships it is shown
        where cell.place = 1 or not cell.is_school_fact
    ),
    -- an atom counts where all its schools belong to the unit, else nowhere at that level
    unit_of_atom as (
        select
            atom_level,
            atom_id,
            indicator_id,
            definition_version,
            whole_question,
            family,
            school_year,
            level.unit_level,
            min(level.unit_id) as unit_id,
            level.structure
        from {{ ref('gate_membership') }}
        cross join
            lateral(
                values
                    ('municipality', municipality_no, 'as_it_was'),
                    ('municipality', municipality_today, 'today'),
                    ('county', {{ county_of('municipality_no') }}, 'as_it_was'),
                    ('county', {{ county_of('municipality_today') }}, 'today'),
                    ('network', 'all', null)
            ) as level(unit_level, unit_id, structure)
        where atom_level <> 'withheld'
        group by
            atom_level,
            atom_id,
            indicator_id,
            definition_version,
            whole_question,
            family,
            school_year,
            level.unit_level,
            level.structure
        having count(distinct level.unit_id) = 1 and count(*) = count(level.unit_id)
        union all
        select distinct
            atom_level,
            atom_id,
            indicator_id,
            definition_version,
            whole_question,
            family,
            school_year,
            'institution',
            institution.institution_id,
            null::text
        from {{ ref('gate_membership') }}
        cross join lateral unnest(string_to_array(institutions, '+')) as institution(institution_id)
        where atom_level <> 'withheld'
    ),
    -- a school's own numbers wait until it has seen them, also within a sum
    awaited as (
        select distinct school_id, partnership_id, indicator_id, definition_version, period_type, period
        from {{ ref('gate_shown_value') }}
        where status = 'awaiting_member_check'
    ),
    respondents_part as (
        select
            unit.unit_level,
            unit.unit_id,
            unit.structure,
            atom.indicator_id,
            atom.definition_version,
            clock.period_type,
            clock.period,
            atom.slice,
            'respondents' as gate_reason,
            atom.unit_level as part_level,
            atom.unit_id as part_id,
            atom.schools_n,
            atom.safe_x as x,
            atom.low_x,
            atom.high_x,
            atom.base,
            atom.n,
            atom.has_coded,
            atom.is_rest,
            atom.family,
            atom.school_year,
            atom.is_provisional,
            false as has_counted_once
        from {{ ref('gate_told_atom') }} as atom
        inner join
            unit_of_atom as unit
            on atom.unit_level = unit.atom_level
            and atom.unit_id = unit.atom_id
            and atom.indicator_id = unit.indicator_id
            and atom.definition_version = unit.definition_version
            and atom.whole_question = unit.whole_question
            and atom.family = unit.family
            and atom.school_year = unit.school_year
        left join
            awaited
            on atom.unit_level = 'school'
            and atom.unit_id = awaited.school_id
            and atom.partnership_id = awaited.partnership_id
            and atom.indicator_id = awaited.indicator_id
            and atom.definition_version = awaited.definition_version
            and atom.period_type = awaited.period_type
            and atom.period = awaited.period
        cross join
            lateral(values ('school_year', atom.school_year), ('year_block', atom.year_block)) as clock(
                period_type, period
            )
        where awaited.school_id is null
    )
select *
from structural_part
union all
select *
from respondents_part
