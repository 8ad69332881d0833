-- grain: one row per checked file, partnership, file type and period, also those replaced since
with
    only_partnership as (
        select school_id, min(partnership_id) as partnership_id
        from {{ source('register', 'partnership_school') }}
        group by school_id
        having min(partnership_id) = max(partnership_id)
    )
select
    delivery.school_id,
    delivery.file_type,
    delivery.period,
    delivery.file_id,
    delivery.delivery_id,
    -- a file that does not name its partnership is of the only one that the school is in
    coalesce(nullif(delivery.partnership_id, ''), only_partnership.partnership_id, '') as partnership_id,
    delivery.supersedes_delivery_id,
    delivery.delivered_on,
    delivery.covers_year,
    delivery.school_year,
    delivery.loop_no,
    delivery.completeness,
    delivery.assumed_columns,
    delivery.rows_landed,
    delivery.rows_held_back
from {{ source('inbox', 'delivery') }} as delivery
left join only_partnership using (school_id)
-- a file that came while a run was looking is checked by the next, and counts from then on
where
    exists (
        select 1
        from {{ source('inbox', 'file') }} as file
        where file.file_id = delivery.file_id and file.checked_by_run is not null
    )
