-- Grain: one row per file of a known school that was refused as a whole.
select school_id, file_id, file_name, format, received_at::date as received_on
from {{ source('inbox', 'file') }} as file
where status = 'rejected'
    and school_id is not null
    and not exists (select from {{ source('inbox', 'delivery') }} as delivery where delivery.file_id = file.file_id)
