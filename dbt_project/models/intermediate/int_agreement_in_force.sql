-- grain: one row per school, partnership, period type and period, with the agreement's version in force at the start of the loop or at the end of the year
with period as (
    select school_id, partnership_id, 'loop' as period_type, loop_no::text as period, coalesce(actual_start, planned_start) as on_day from {{ rows_of('int_loop') }} as loop
    union all
    select school_id, partnership_id, 'school_year', school_year, year_end from {{ rows_of('int_school_year') }} as year
    union all
    select school_id, partnership_id, 'partnership_year', partnership_year_no::text, max(year_end) from {{ rows_of('int_school_year') }} as year
    where partnership_year_no is not null group by 1, 2, 3, 4
    union all
    select school_id, partnership_id, 'project', 'all', max(year_end) from {{ rows_of('int_school_year') }} as year group by 1, 2
)
select
    period.school_id, period.partnership_id, period.period_type, period.period,
    max(version.version_no) as version_no
from period
inner join {{ rows_of('stg_agreement_version') }} as version
    on period.school_id = version.school_id and period.partnership_id = version.partnership_id
    and period.on_day >= version.valid_from and (version.valid_to is null or period.on_day <= version.valid_to)
group by 1, 2, 3, 4
