-- grain: one row per school, partnership and school year that was delivered or had a loop; the fields of the school year are null where it was not delivered
with with_loops as (
    select school_id, partnership_id, school_year, min(partnership_year_no) as partnership_year_no
    from {{ rows_of('int_loop') }} as loop
    group by 1, 2, 3
),
delivered as (
    select
        member.partnership_id,
        year.*
    from {{ rows_of('stg_school_year') }} as year
    inner join {{ rows_of('int_partnership_school') }} as member using (school_id)
)
select
    school_id,
    partnership_id,
    school_year,
    coalesce(delivered.partnership_year_no, with_loops.partnership_year_no) as partnership_year_no,
    delivered.school_id is not null as is_delivered,
    coalesce(delivered.year_start, make_date(left(school_year, 4)::int, 8, 1)) as year_start,
    coalesce(delivered.year_end, make_date(left(school_year, 4)::int + 1, 7, 31)) as year_end,
    -- days until the next year's start belong to this year; a year that is missing leaves a gap
    least(
        lead(coalesce(delivered.year_start, make_date(left(school_year, 4)::int, 8, 1))) over (partition by school_id, partnership_id order by school_year),
        make_date(left(school_year, 4)::int + 1, 9, 1)
    ) as before_day,
    delivered.teacher_n,
    delivered.new_staff_n,
    delivered.onboarding_held,
    delivered.onboarding_attended_n,
    delivered.in_activity_plan,
    delivered.in_meeting_plan,
    delivered.team_time_provided,
    delivered.dev_group_time_provided,
    delivered.substitute_cover_provided,
    delivered.post_project_loops_n
from delivered
full outer join with_loops using (school_id, partnership_id, school_year)
