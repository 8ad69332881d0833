-- grain: one row per school, partnership and partnership year that has begun, with the plan in force at the year's end
with begun_year as (
    select school_id, partnership_id, partnership_year_no, school_year from {{ ref('int_loop') }}
    union
    select version.school_id, version.partnership_id, year.partnership_year_no, year.school_year
    from {{ ref('stg_school_year') }} as year
    inner join (select distinct school_id, partnership_id from {{ ref('stg_agreement_version') }}) as version using (school_id)
    where year.partnership_year_no > 0
),
year_end as (
    select
        begun_year.school_id,
        begun_year.partnership_id,
        begun_year.partnership_year_no,
        max(coalesce(year.year_end, make_date(left(begun_year.school_year, 4)::int + 1, 7, 31))) as ends_on
    from begun_year
    left join {{ ref('stg_school_year') }} as year using (school_id, school_year)
    group by 1, 2, 3
)
select
    year_end.school_id,
    year_end.partnership_id,
    year_end.partnership_year_no,
    year_end.ends_on,
    version.agreement_id,
    version.version_no,
    plan.planned_loops
from year_end
left join {{ ref('stg_agreement_version') }} as version
    on year_end.school_id = version.school_id
    and year_end.partnership_id = version.partnership_id
    and year_end.ends_on >= version.valid_from
    and (version.valid_to is null or year_end.ends_on <= version.valid_to)
left join {{ ref('stg_agreement_plan_year') }} as plan
    on version.school_id = plan.school_id
    and version.agreement_id = plan.agreement_id
    and version.version_no = plan.version_no
    and year_end.partnership_year_no = plan.partnership_year_no
