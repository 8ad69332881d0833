-- grain: one row per school, partnership and partnership year so far: its days, the plan in force at its
-- end, and the loops done in it
with
    member as (
        select
            member.school_id,
            member.partnership_id,
            coalesce(joined.joined_on, partnership.started_on) as began_on,
            coalesce(joined.left_on, partnership.ended_on) as ended_on,
            member.agreed_to
        from {{ rows_of('int_partnership_school') }} as member
        left join {{ ref('stg_register_partnership') }} as partnership using (partnership_id)
        left join {{ ref('stg_register_partnership_school') }} as joined using (school_id, partnership_id)
    ),
    school_year as (select * from {{ rows_of('int_school_year') }} as school_year),
    loop as (select * from {{ rows_of('int_loop') }} as loop),
    -- what each row says of which partnership year a school year is
    said as (
        select school_id, partnership_id, school_year, partnership_year_no
        from loop
        union
        select school_id, partnership_id, school_year, stated_partnership_year_no
        from school_year
        where stated_partnership_year_no is not null
    ),
    year as (
        select
            school_id,
            partnership_id,
            generate_series(
                least(min(partnership_year_no), 1), max(partnership_year_no)
            ) as partnership_year_no
        from
            (
                select school_id, partnership_id, partnership_year_no
                from said
                union all
                select school_id, partnership_id, partnership_year_no
                from school_year
                where partnership_year_no is not null
            ) as known
        group by school_id, partnership_id
    ),
    -- the two clocks coincide where every school year is of one partnership year, and every partnership
    -- year of one school year
    clocks as (
        select
            school_id,
            partnership_id,
            count(*) = count(distinct school_year)
            and count(*) = count(distinct partnership_year_no) as coincide
        from said
        group by school_id, partnership_id
    ),
    of_school_year as (
        select school_id, partnership_id, partnership_year_no, max(school_year) as school_year
        from
            (
                select school_id, partnership_id, partnership_year_no, school_year
                from said
                union all
                select school_id, partnership_id, partnership_year_no, school_year
                from school_year
                where partnership_year_no is not null
            ) as known
        group by school_id, partnership_id, partnership_year_no
    ),
    calendar as (
        select
            school_id,
            partnership_id,
            stated_partnership_year_no as partnership_year_no,
            min(year_start) as starts_on,
            max(school_year) as school_year
        from school_year
        where has_calendar
        group by school_id, partnership_id, stated_partnership_year_no
    ),
    -- the school's own calendar tells a year's days before the day on which the partnership began does
    with_start as (
        select
            year.*,
            clocks.coincide,
            of_school_year.school_year,
            member.began_on,
            member.ended_on,
            member.agreed_to,
            calendar.school_year as calendar_year,
            calendar.starts_on as calendar_start,
            coalesce(
                calendar.starts_on,
                (member.began_on + make_interval(years => year.partnership_year_no - 1))::date,
                make_date(left(of_school_year.school_year, 4)::integer, 8, 1)
            ) as starts_on
        from year
        left join clocks using (school_id, partnership_id)
        left join of_school_year using (school_id, partnership_id, partnership_year_no)
        left join calendar using (school_id, partnership_id, partnership_year_no)
        left join member using (school_id, partnership_id)
    ),
    with_days as (
        select
            school_id,
            partnership_id,
            partnership_year_no,
            coincide,
            school_year,
            starts_on,
            ended_on,
            agreed_to,
            coalesce(
                lead(calendar_start) over years - 1,
                make_date(left(calendar_year, 4)::integer + 1, 7, 31),
                (began_on + make_interval(years => partnership_year_no))::date - 1,
                make_date(left(school_year, 4)::integer + 1, 7, 31),
                lead(starts_on) over years - 1
            ) as ends_on
        from with_start
        window years as (partition by school_id, partnership_id order by partnership_year_no)
    ),
    -- the version in force at the end; where none is, the last that was within the year
    in_force as (
        select distinct
            on (day.school_id, day.partnership_id, day.partnership_year_no)
            day.school_id,
            day.partnership_id,
            day.partnership_year_no,
            version.agreement_id,
            version.version_no
        from with_days as day
        inner join
            {{ rows_of('stg_agreement_version') }} as version
            on day.school_id = version.school_id
            and day.partnership_id = version.partnership_id
            and day.ends_on >= version.valid_from
            and (version.valid_to is null or day.starts_on <= version.valid_to)
        order by
            day.school_id,
            day.partnership_id,
            day.partnership_year_no,
            version.valid_from desc,
            version.agreement_id,
            version.version_no desc
    ),
    done as (
        select
            year.school_id,
            year.partnership_id,
            year.partnership_year_no,
            count(loop.loop_no) as loops_n,
            count(loop.loop_no) filter (where loop.is_completed) as completed_n,
            count(loop.loop_no) filter (where loop.status = 'shortened') as shortened_n,
            count(loop.loop_no) filter (where loop.status = 'cancelled_agreed') as cancelled_agreed_n,
            coalesce(bool_or(loop.year_is_provisional), false) as year_is_provisional
        from year
        left join loop using (school_id, partnership_id, partnership_year_no)
        group by year.school_id, year.partnership_id, year.partnership_year_no
    ),
    -- what is said of the year's loops as a whole, and whether a year in the files is assumed
    told as (
        select
            of_year.school_id,
            of_year.partnership_id,
            of_year.partnership_year_no,
            bool_or(delivered.completeness = 'complete') as is_complete,
            bool_or(delivered.completeness in ('partial', 'delayed')) as is_partial
        from of_school_year as of_year
        inner join
            {{ rows_of('int_delivered_period') }} as delivered
            on of_year.school_id = delivered.school_id
            and of_year.partnership_id = delivered.partnership_id
            and of_year.school_year = delivered.period
        where delivered.file_type = 'loops' and delivered.period_type = 'school_year'
        group by of_year.school_id, of_year.partnership_id, of_year.partnership_year_no
    ),
    assumed as (
        select distinct school_id, partnership_id
        from {{ rows_of('stg_current_delivery') }} as delivery
        where
            file_type in ('loops', 'school_year')
            and string_to_array(assumed_columns, ' ') && array['school_year', 'partnership_year_no']
    )
select
    day.school_id,
    day.partnership_id,
    day.partnership_year_no,
    day.school_year,
    day.starts_on,
    day.ends_on,
    coalesce(least(day.ends_on, day.ended_on) < today.as_of, false) as is_over,
    -- a year that a school tells of after the end, and in which no loop was
    done.loops_n = 0
    and coalesce(day.starts_on > least(day.ended_on, day.agreed_to), false) as is_after_the_end,
    coalesce(day.coincide, true) as clocks_coincide,
    assumed.school_id is not null as clocks_are_assumed,
    in_force.agreement_id,
    in_force.version_no,
    -- a year of which nobody delivered the loops is not one without loops
    done.loops_n > 0 or coalesce(told.is_complete, false) as has_loops_delivered,
    coalesce(told.is_partial, false) as is_partly_delivered,
    done.year_is_provisional,
    done.completed_n,
    done.shortened_n,
    done.cancelled_agreed_n,
    plan.planned_loops
from with_days as day
cross join {{ ref('stg_as_of') }} as today
left join in_force using (school_id, partnership_id, partnership_year_no)
left join
    {{ rows_of('stg_agreement_plan_year') }} as plan using (
        school_id, partnership_id, agreement_id, version_no, partnership_year_no
    )
inner join done using (school_id, partnership_id, partnership_year_no)
left join told using (school_id, partnership_id, partnership_year_no)
left join assumed using (school_id, partnership_id)
