{{ config(alias='provider_share', tags=['candidate']) }}
-- grain: one row per county, school year and institution: how many of the loops held by its schools were with
-- it
-- Institutions that fewer than three schools worked with are told together, without names; where those are
-- fewer than three schools together, nothing is told of the county's year.
-- depends_on: {{ ref('failed_control') }}
with
    waiting as (
        select distinct school_id, partnership_id, period as school_year
        from {{ ref('gate_shown_value') }}
        where
            status = 'awaiting_member_check' and period_type = 'school_year' and indicator_id in ('A1', 'U1')
    ),
    held as (
        select place.county_no, place.school_year, loop.school_id, loop.partnership_id, loop.loop_no
        from {{ ref('int_loop') }} as loop
        inner join
            {{ ref('int_school_place') }} as place
            on loop.school_id = place.school_id
            and loop.school_year = place.school_year
            and place.structure = 'as_it_was'
        left join
            waiting
            on loop.school_id = waiting.school_id
            and loop.partnership_id = waiting.partnership_id
            and loop.school_year = waiting.school_year
        where loop.is_held and not loop.year_is_provisional and waiting.school_id is null
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
    with_institution as (
        select held.*, party.party_id as institution_id
        from held
        inner join
            (
                select distinct partnership_id, party_id
                from {{ ref('stg_register_partnership_party') }}
                where party_type = 'institution'
            ) as party using (partnership_id)
    ),
    large as (
        select county_no, school_year, institution_id
        from with_institution
        group by county_no, school_year, institution_id
        having count(distinct school_id) >= 3
    ),
    told as (
        select
            one.county_no,
            one.school_year,
            large.institution_id,
            count(distinct(one.school_id, one.partnership_id, one.loop_no))::integer as loops_n,
            count(distinct one.school_id) as schools_n
        from with_institution as one
        left join large using (county_no, school_year, institution_id)
        group by one.county_no, one.school_year, large.institution_id
    ),
    too_few as (select county_no, school_year from told where schools_n < 3),
    named as (
        select distinct on (institution_id) institution_id, name as institution_name
        from {{ ref('stg_register_institution') }}
        order by institution_id, valid_from desc
    )
select
    told.county_no,
    told.school_year,
    told.institution_id,
    named.institution_name,
    told.loops_n,
    whole.of_loops_n,
    whole.schools_n
from told
inner join whole using (county_no, school_year)
left join named using (institution_id)
left join too_few using (county_no, school_year)
where whole.schools_n >= 3 and too_few.county_no is null
