{{ config(alias='place') }}
-- grain: one row per school, school year and structure: where the school was at the end of that year, and where that is today
with asked as (
    select distinct school_id, school_year from {{ ref('int_school_year') }}
    union
    select distinct school_id, school_year from {{ ref('int_loop') }} where school_year is not null
),
was as (
    select distinct on (asked.school_id, asked.school_year) asked.school_id, asked.school_year, school.municipality_no
    from asked
    inner join {{ ref('stg_register_school') }} as school
        on asked.school_id = school.school_id and school.valid_from <= make_date(left(asked.school_year, 4)::integer + 1, 7, 31)
    order by asked.school_id, asked.school_year, school.valid_from desc
),
today as (
    select distinct on (school_id) school_id, municipality_no from {{ ref('stg_register_school') }} order by school_id, valid_from desc
)
select school_id, school_year, 'as_it_was' as structure, municipality_no from was
union all
select asked.school_id, asked.school_year, 'today', today.municipality_no from asked inner join today using (school_id)
