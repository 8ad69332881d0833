{{ config(alias='provider_share') }}
-- grain: one row per county, school year and institution: how many of the loops that the county's schools
-- held
-- were held with it, in counties where at least three schools held any
-- depends_on: {{ ref('failed_control') }}
with
    held as (
        select place.county_no, place.school_year, loop.school_id, loop.partnership_id, loop.loop_no
        from {{ ref('int_loop') }} as loop
        inner join
            {{ ref('int_school_place') }} as place
            on loop.school_id = place.school_id
            and loop.school_year = place.school_year
            and place.structure = 'as_it_was'
        where loop.is_held and not loop.year_is_provisional
    ),
    whole as (
        select
            county_no,
            school_year,
            count(distinct school_id)::integer as schools_n,
            count(*)::integer as of_loops_n
        from held
        group by county_no, school_year
    ),
    named as (
        select distinct on (institution_id) institution_id, name as institution_name
        from {{ ref('stg_register_institution') }}
        order by institution_id, valid_from desc
    )
select
    held.county_no,
    held.school_year,
    party.party_id as institution_id,
    named.institution_name,
    count(*)::integer as loops_n,
    whole.of_loops_n,
    whole.schools_n
from held
inner join whole using (county_no, school_year)
inner join
    (
        select distinct partnership_id, party_id
        from {{ ref('stg_register_partnership_party') }}
        where party_type = 'institution'
    ) as party using (partnership_id)
left join named on party.party_id = named.institution_id
where whole.schools_n >= 3
group by
    held.county_no,
    held.school_year,
    party.party_id,
    named.institution_name,
    whole.of_loops_n,
    whole.schools_n
