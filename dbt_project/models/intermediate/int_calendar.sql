-- grain: one row per school, partnership and school year whose calendar was delivered, in that partnership
-- or in another one of the school
with
    said as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.year_start,
            year.year_end,
            delivery.newest_first
        from {{ rows_of('stg_school_year') }} as year
        inner join
            {{ rows_of('stg_current_delivery') }} as delivery
            on year.school_id = delivery.school_id
            and year.partnership_id = delivery.partnership_id
            and year.period = delivery.period
            and year.file_id = delivery.file_id
            and delivery.file_type = 'school_year'
    ),
    member as (select school_id, partnership_id from {{ rows_of('int_partnership_school') }} as member),
    nearest as (
        select distinct
            on (member.school_id, member.partnership_id, said.school_year)
            member.school_id,
            member.partnership_id,
            said.school_year,
            said.year_start,
            said.year_end
        from member
        inner join said using (school_id)
        order by
            member.school_id,
            member.partnership_id,
            said.school_year,
            said.partnership_id <> member.partnership_id,
            said.newest_first
    )
select
    school_id,
    partnership_id,
    school_year,
    year_start,
    year_end,
    lead(year_start) over years as next_year_start,
    -- the calendar of the year right after, where it was delivered too
    case
        when left(lead(school_year) over years, 4)::integer = left(school_year, 4)::integer + 1
        then lead(school_year) over years
    end as next_school_year
from nearest
-- by their first days: calendars may lie over each other, and each day belongs to the one that began last
window years as (partition by school_id, partnership_id order by year_start, school_year)
