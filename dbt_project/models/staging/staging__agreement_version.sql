-- Grain: one row per school, agreement and version, as its current submission has it.
select landed.*, delivery.assumed_columns
from {{ source('landed', 'agreement_version') }} as landed
join {{ ref('staging__current_delivery') }} as delivery
    on delivery.school_id = landed.school_id
    and delivery.file_type = 'agreement_versions'
    and delivery.period = landed.period
    and delivery.file_id = landed.file_id
where not exists (
    select from {{ ref('staging__held_back_row') }} as held
    where held.school_id = landed.school_id
        and held.file_id = landed.file_id
        and held.file_type = 'agreement_versions'
        and held.row_number = landed.row_number
)
