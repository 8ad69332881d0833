{{ config(alias='unit_cell', materialized='ephemeral') }}
-- grain: one row per school's value for a school year, budget year, block of years or project, and unit
-- above the school that it belongs to
-- depends_on: {{ ref('failed_control') }}
with  -- what rests on people is also told for fixed blocks of years
    school_value as (
        select
            value.school_id,
            value.partnership_id,
            value.indicator_id,
            value.definition_version,
            value.comparability_class,
            clock.period_type,
            clock.period,
            value.slice,
            value.status,
            value.part_numerator,
            value.part_denominator,
            value.gate_reason,
            case
                value.period_type
                when 'budget_year'
                then {{ school_year_from('value.period::integer') }}
                -- the project's sum belongs to those that the school belonged to in its last year
                when 'project'
                then
                    (
                        select max(place.school_year)
                        from {{ ref('int_school_place') }} as place
                        where place.school_id = value.school_id
                    )
                else value.period
            end as school_year
        from {{ ref('gate_shown_value') }} as value
        left join
            {{ ref('gate_year_block') }} as block
            on value.period_type = 'school_year'
            and value.gate_reason = 'respondents'
            and value.period = block.school_year
        cross join
            lateral(values (value.period_type, value.period), ('year_block', block.year_block)) as clock(
                period_type, period
            )
        where
            value.unit_level = 'school'
            and value.comparability_class <> 'K3'
            and value.unit = 'share'
            and clock.period is not null
            and (
                value.period_type in ('school_year', 'budget_year')
                or (value.period_type = 'project' and value.indicator_id = 'A1')
            )
    ),
    institution_of_partnership as (
        select distinct partnership_id, party_id as institution_id
        from {{ ref('stg_register_partnership_party') }}
        where party_type = 'institution'
    ),
    -- the units that a school's value belongs to: where and whose the school was, where and whose that is
    -- today, its universities, and the network
    unit_of_school as (
        select
            school_id, school_year, null::text as partnership_id, level.unit_level, level.unit_id, structure
        from {{ ref('int_school_place') }}
        cross join
            lateral(
                values ('municipality', municipality_no), ('county', county_no), ('school_owner', owner_id)
            ) as level(unit_level, unit_id)
    ),
    unit_of_value as (
        select
            value.school_id,
            value.partnership_id,
            value.school_year,
            place.unit_level,
            place.unit_id,
            place.structure
        from (select distinct school_id, partnership_id, school_year from school_value) as value
        inner join unit_of_school as place using (school_id, school_year)
        union all
        select
            value.school_id,
            value.partnership_id,
            value.school_year,
            'institution',
            institution.institution_id,
            null
        from (select distinct school_id, partnership_id, school_year from school_value) as value
        inner join institution_of_partnership as institution using (partnership_id)
        union all
        select distinct school_id, partnership_id, school_year, 'network', 'all', null
        from school_value
    )
select school_value.*, unit_of_value.unit_level, unit_of_value.unit_id, unit_of_value.structure
from school_value
inner join unit_of_value using (school_id, partnership_id, school_year)
