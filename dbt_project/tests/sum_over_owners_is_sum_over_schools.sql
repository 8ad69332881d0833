{{ config(meta={'dagster': {'ref': {'name': 'int_school_place'}}}) }}
-- invariant 9: in every school year and by either structure, owners, municipalities and counties together
-- have what the schools have, no more and no less
-- depends_on: {{ ref('failed_control') }}
with
    by_school as (
        select school_id, period as school_year, sum(numerator) as numerator, sum(denominator) as denominator
        from {{ ref('indicator_value') }}
        where
            school_id in (select school_id from staging.stg_changed_school)
            and indicator_id in ('C1', 'A4')
            and period_type = 'school_year'
            and {{ carries_number('status') }}
        group by school_id, period
    ),
    whole as (
        select school_year, sum(numerator) as numerator, sum(denominator) as denominator
        from by_school
        group by school_year
    ),
    by_unit as (
        select
            place.structure,
            level.unit_level,
            level.unit_id,
            by_school.school_year,
            sum(by_school.numerator) as numerator,
            sum(by_school.denominator) as denominator
        from by_school
        inner join {{ ref('int_school_place') }} as place using (school_id, school_year)
        cross join
            lateral(
                values
                    ('school_owner', place.owner_id),
                    ('municipality', place.municipality_no),
                    ('county', place.county_no)
            ) as level(unit_level, unit_id)
        where level.unit_id is not null
        group by place.structure, level.unit_level, level.unit_id, by_school.school_year
    ),
    together as (
        select
            structure, unit_level, school_year, sum(numerator) as numerator, sum(denominator) as denominator
        from by_unit
        group by structure, unit_level, school_year
    )
select
    structure.structure,
    level.unit_level,
    whole.*,
    together.numerator as numerator_of_units,
    together.denominator as denominator_of_units
from whole
cross join (values ('as_it_was'), ('today')) as structure(structure)
cross join (values ('school_owner'), ('municipality'), ('county')) as level(unit_level)
left join
    together
    on structure.structure = together.structure
    and level.unit_level = together.unit_level
    and whole.school_year = together.school_year
where (whole.numerator, whole.denominator) is distinct from (together.numerator, together.denominator)
