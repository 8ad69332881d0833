-- grain: one row per school, partnership, period type and period, with the agreement's version in force at
-- the start of the loop or at the end of the year
-- where none is in force at a year's end, the last that was within it
with
    year as (
        select
            school_id,
            partnership_id,
            school_year,
            year_start as starts_on,
            make_date(left(school_year, 4)::integer + 1, 7, 31) as ends_on
        from {{ rows_of('int_school_year') }} as year
    ),
    period as (
        select
            school_id,
            partnership_id,
            'loop' as period_type,
            loop_no::text as period,
            coalesce(actual_start, planned_start) as starts_on,
            coalesce(actual_start, planned_start) as ends_on
        from {{ rows_of('int_loop') }} as loop
        union all
        select school_id, partnership_id, 'school_year', school_year, starts_on, ends_on
        from year
        union all
        select school_id, partnership_id, 'project', 'all', min(starts_on), max(ends_on)
        from year
        group by school_id, partnership_id
    )
    (
        select distinct
            on (period.school_id, period.partnership_id, period.period_type, period.period)
            period.school_id,
            period.partnership_id,
            period.period_type,
            period.period,
            version.agreement_id,
            version.version_no
        from period
        inner join
            {{ rows_of('stg_agreement_version') }} as version
            on period.school_id = version.school_id
            and period.partnership_id = version.partnership_id
            and period.ends_on >= version.valid_from
            and (version.valid_to is null or period.starts_on <= version.valid_to)
        order by
            period.school_id,
            period.partnership_id,
            period.period_type,
            period.period,
            version.valid_from desc,
            version.agreement_id,
            version.version_no desc
    )
union all
select school_id, partnership_id, 'partnership_year', partnership_year_no::text, agreement_id, version_no
from {{ rows_of('int_agreement_year') }} as year
where version_no is not null
