-- grain: one row per school, partnership and school year that was delivered, or had a loop, a meeting, a
-- decision or a member check; fields of the school year are null where nobody delivered them
with
    with_loops as (
        select
            school_id,
            partnership_id,
            school_year,
            case
                when min(partnership_year_no) = max(partnership_year_no) then min(partnership_year_no)
            end as partnership_year_no
        from {{ rows_of('int_loop') }} as loop
        group by school_id, partnership_id, school_year
    ),
    own as (select * from {{ rows_of('stg_school_year') }} as year),
    -- facts of the school as a whole: the later said, in whichever partnership
    fact as (
        select distinct
            on (year.school_id, year.school_year)
            year.school_id,
            year.school_year,
            year.teacher_n,
            year.new_staff_n,
            year.onboarding_held,
            year.onboarding_attended_n,
            year.in_activity_plan,
            year.in_meeting_plan,
            year.post_project_loops_n
        from own as year
        inner join
            {{ rows_of('stg_current_delivery') }} as delivery
            on year.school_id = delivery.school_id
            and year.partnership_id = delivery.partnership_id
            and year.period = delivery.period
            and year.file_id = delivery.file_id
            and delivery.file_type = 'school_year'
        order by year.school_id, year.school_year, delivery.newest_first
    ),
    -- years in which the partnership was on at the school, of which another partnership delivered the facts
    shared as (
        select member.school_id, member.partnership_id, fact.school_year
        from fact
        inner join {{ rows_of('int_partnership_school') }} as member using (school_id)
        where
            make_date(left(fact.school_year, 4)::integer + 1, 7, 31) >= member.agreed_from
            and make_date(left(fact.school_year, 4)::integer, 8, 1)
            <= coalesce(member.agreed_to, 'infinity'::date)
    ),
    year as (
        select school_id, partnership_id, school_year
        from with_loops
        union
        select school_id, partnership_id, school_year
        from own
        union
        select school_id, partnership_id, school_year
        from shared
        union
        select school_id, partnership_id, school_year
        from {{ rows_of('int_dated_row') }} as dated
        where file_type in ('meetings', 'decisions', 'member_checks')
    )
select
    school_id,
    partnership_id,
    school_year,
    coalesce(with_loops.partnership_year_no, own.partnership_year_no) as partnership_year_no,
    own.partnership_year_no as stated_partnership_year_no,
    own.school_id is not null as is_delivered,
    fact.school_id is not null as has_facts,
    calendar.school_year is not null as has_calendar,
    coalesce(calendar.year_start, make_date(left(school_year, 4)::integer, 8, 1)) as year_start,
    coalesce(calendar.year_end, make_date(left(school_year, 4)::integer + 1, 7, 31)) as year_end,
    fact.teacher_n,
    fact.new_staff_n,
    fact.onboarding_held,
    fact.onboarding_attended_n,
    fact.in_activity_plan,
    fact.in_meeting_plan,
    own.team_time_provided,
    own.dev_group_time_provided,
    own.substitute_cover_provided,
    fact.post_project_loops_n
from year
left join with_loops using (school_id, partnership_id, school_year)
left join own using (school_id, partnership_id, school_year)
left join fact using (school_id, school_year)
left join {{ rows_of('int_calendar') }} as calendar using (school_id, partnership_id, school_year)
