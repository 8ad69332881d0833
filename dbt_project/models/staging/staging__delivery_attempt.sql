-- Grain: one row per school, file type, period and file, also those that were replaced or held nothing that landed.
select
    delivery.school_id,
    delivery.file_type,
    delivery.period,
    delivery.file_id,
    delivery.partnership_id,
    delivery.school_year,
    delivery.loop_no,
    delivery.completeness,
    delivery.rows_landed,
    delivery.rows_held_back,
    file.received_at::date as received_on
from {{ source('inbox', 'delivery') }} as delivery
join {{ source('inbox', 'file') }} as file using (file_id)
