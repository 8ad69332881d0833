{{ config(indexes=[{'columns': ['school_id', 'school_year'], 'unique': true}]) }}
-- Grain: one row per school and school year, with the school's own calendar.
select
    school_id,
    school_year,
    year_start,
    year_end,
    coalesce(lead(year_start) over (partition by school_id order by year_start), year_end + 1) as next_year_start,
    partnership_year_no,
    teacher_n,
    new_staff_n,
    onboarding_held,
    onboarding_attended_n,
    in_activity_plan,
    in_meeting_plan,
    team_time_provided,
    dev_group_time_provided,
    substitute_cover_provided,
    coalesce(assumed_columns, '') as assumed_columns,
    file_id,
    row_number
from {{ ref('staging__school_year') }}
where school_id in (select school_id from {{ ref('staging__changed_school') }})
