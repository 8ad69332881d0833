{{ config(post_hook='{{ forget_kept() }}') }}
-- grain: one row per school, with the deliveries, the registers' words and the version of the models that
-- its values rest on; written last, so that a build that broke off is done again
-- depends_on: {{ ref('failed_control') }}
select
    changed.school_id,
    changed.deliveries,
    changed.registers,
    changed.models_version,
    changed.as_of,
    -- the last day on which the numbers are as they are without a new delivery
    (
        select min(day.last_open_day)
        from {{ ref('int_turning_day') }} as day
        where day.school_id = changed.school_id and day.last_open_day >= changed.as_of
    ) as open_until
from {{ ref('stg_changed_school') }} as changed
