{{ config(indexes=[{'columns': ['school_id', 'partnership_id', 'partnership_year_no'], 'unique': true}]) }}
-- Grain: one row per school, partnership and partnership year that has begun, with the plan in force at the END of that year.
-- Where the agreement ended before the year did, the last version that was in force during the year counts.
with plan_years as (
    select distinct version.school_id, version.partnership_id, version.partnership_start, plan.partnership_year_no
    from {{ ref('intermediate__agreement_version') }} as version
    join {{ ref('staging__agreement_plan_year') }} as plan
        on plan.school_id = version.school_id and plan.agreement_id = version.agreement_id
    where version.school_id in (select school_id from {{ ref('staging__changed_school') }})
        and plan.partnership_year_no >= 1
),

year_bounds as (
    select
        plan_years.*,
        (partnership_start + make_interval(years => partnership_year_no - 1))::date as year_start,
        (partnership_start + make_interval(years => partnership_year_no))::date - 1 as year_end
    from plan_years
),

known_until as (
    select school_id, max(day) as last_day
    from (
        select school_id, coalesce(actual_end, actual_start) as day from {{ ref('intermediate__loop') }}
        union all
        select school_id, year_end from {{ ref('intermediate__school_year') }}
    ) as days
    group by school_id
)

select
    years.school_id,
    years.partnership_id,
    years.partnership_year_no,
    years.year_start,
    years.year_end,
    version.agreement_id,
    version.version_no as agreement_version,
    plan.planned_loops,
    version.file_id as version_file_id,
    version.row_number as version_row_number,
    plan.file_id,
    plan.row_number
from year_bounds as years
join known_until on known_until.school_id = years.school_id and years.year_start <= known_until.last_day
join lateral (
    select agreement_id, version_no, file_id, row_number
    from {{ ref('intermediate__agreement_version') }} as candidate
    where candidate.school_id = years.school_id
        and candidate.partnership_id = years.partnership_id
        and candidate.valid_from <= years.year_end
        and coalesce(candidate.valid_to, 'infinity') >= years.year_start
    order by candidate.valid_from desc, candidate.version_no desc
    limit 1
) as version on true
join {{ ref('staging__agreement_plan_year') }} as plan
    on plan.school_id = years.school_id
    and plan.agreement_id = version.agreement_id
    and plan.version_no = version.version_no
    and plan.partnership_year_no = years.partnership_year_no
