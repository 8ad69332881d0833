{{ config(indexes=[{'columns': ['school_id', 'partnership_id', 'loop_no']}]) }}
-- Grain: one row per loop and period it belongs to: itself, its school year, its partnership year, the whole project.
select
    loops.school_id,
    loops.partnership_id,
    loops.loop_no,
    periods.period_type,
    periods.period
from {{ ref('intermediate__loop') }} as loops
cross join lateral (
    values
        ('loop', loops.loop_no::text),
        ('school_year', loops.school_year),
        ('partnership_year', loops.partnership_year_no::text),
        ('project', 'all')
) as periods (period_type, period)
where loops.school_id in (select school_id from {{ ref('staging__changed_school') }})
