{{ config(alias='loop', tags=['candidate']) }}
-- grain: one row per school, partnership and loop
-- depends_on: {{ ref('failed_control') }}
select
    loop.school_id,
    loop.partnership_id,
    loop.loop_no,
    dated.school_year,
    loop.partnership_year_no,
    loop.method,
    loop.status,
    loop.planned_start,
    loop.planned_end,
    loop.actual_start,
    loop.actual_end
from {{ ref('stg_loop') }} as loop
inner join {{ ref('int_loop') }} as dated using (school_id, partnership_id, loop_no)
