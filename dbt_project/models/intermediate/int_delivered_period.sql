-- grain: one row per school, partnership, file type, period type (loop, school_year) and period: what its
-- deliveries say of how complete they are
-- a zero may be told of a period only where this says complete
with
    delivery as (select * from {{ rows_of('stg_current_delivery') }} as delivery),
    loop as (
        select school_id, partnership_id, loop_no, school_year, stated_school_year
        from {{ rows_of('int_loop') }} as loop
    ),
    school_year as (
        select school_id, partnership_id, school_year
        from {{ rows_of('int_school_year') }} as year
        union
        select school_id, partnership_id, stated_school_year
        from loop
        where stated_school_year is not null
    ),
    -- what was said of each loop and of each school year as a whole
    said_of as (
        select
            delivery.school_id,
            delivery.partnership_id,
            delivery.file_type,
            clock.period_type,
            clock.period,
            delivery.completeness,
            delivery.newest_first
        from delivery
        cross join
            lateral(
                values
                    ('loop', delivery.loop_no::text),
                    (
                        'school_year',
                        case
                            when delivery.covers_year or delivery.loop_no is null then delivery.school_year
                        end
                    )
            ) as clock(period_type, period)
        where clock.period is not null
        union all
        -- a complete list of all rows of the school speaks of the years before it too
        select
            delivery.school_id,
            delivery.partnership_id,
            delivery.file_type,
            'school_year',
            school_year.school_year,
            'complete',
            delivery.newest_first
        from delivery
        inner join
            school_year
            on delivery.school_id = school_year.school_id
            and delivery.partnership_id = school_year.partnership_id
            and school_year.school_year < delivery.school_year
        where delivery.period = 'all' and delivery.completeness = 'complete'
    ),
    said_last as (
        select distinct
            on (school_id, partnership_id, file_type, period_type, period)
            school_id,
            partnership_id,
            file_type,
            period_type,
            period,
            completeness
        from said_of
        order by school_id, partnership_id, file_type, period_type, period, newest_first, completeness
    ),
    of_loop as (
        select
            loop.school_id,
            loop.partnership_id,
            listed.file_type,
            loop.loop_no,
            coalesce(own.completeness, by_stated_year.completeness, by_year.completeness) as completeness
        from loop
        inner join
            (select distinct school_id, partnership_id, file_type from said_last) as listed using (
                school_id, partnership_id
            )
        left join
            said_last as own
            on loop.school_id = own.school_id
            and loop.partnership_id = own.partnership_id
            and listed.file_type = own.file_type
            and own.period_type = 'loop'
            and loop.loop_no::text = own.period
        left join
            said_last as by_stated_year
            on loop.school_id = by_stated_year.school_id
            and loop.partnership_id = by_stated_year.partnership_id
            and listed.file_type = by_stated_year.file_type
            and by_stated_year.period_type = 'school_year'
            and loop.stated_school_year = by_stated_year.period
        left join
            said_last as by_year
            on loop.school_id = by_year.school_id
            and loop.partnership_id = by_year.partnership_id
            and listed.file_type = by_year.file_type
            and by_year.period_type = 'school_year'
            and loop.school_year = by_year.period
    )
select school_id, partnership_id, file_type, 'loop' as period_type, loop_no::text as period, completeness
from of_loop
where completeness is not null
union all
select school_id, partnership_id, file_type, period_type, period, completeness
from said_last
where period_type = 'school_year'
