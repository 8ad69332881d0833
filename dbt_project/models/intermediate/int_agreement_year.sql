-- grain: one row per school, partnership and partnership year that has begun, with the plan in force at the year's end
with year_end as (
    select school_id, partnership_id, partnership_year_no, max(year_end) as ends_on
    from {{ rows_of('int_school_year') }} as year
    where partnership_year_no > 0
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
left join {{ rows_of('stg_agreement_version') }} as version
    on year_end.school_id = version.school_id
    and year_end.partnership_id = version.partnership_id
    and year_end.ends_on >= version.valid_from
    and (version.valid_to is null or year_end.ends_on <= version.valid_to)
left join {{ rows_of('stg_agreement_plan_year') }} as plan
    on version.school_id = plan.school_id
    and version.partnership_id = plan.partnership_id
    and version.agreement_id = plan.agreement_id
    and version.version_no = plan.version_no
    and year_end.partnership_year_no = plan.partnership_year_no
