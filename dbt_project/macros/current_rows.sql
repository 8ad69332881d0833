{# Rows of a landed table that count now: of the latest delivery for their school, file type and
   period, and not held back by a check over several deliveries. #}
{% macro current_rows(table, file_type) %}
select landed_row.*
from {{ source('landed', table) }} as landed_row
inner join {{ ref('stg_current_delivery') }} as delivery
    on landed_row.school_id = delivery.school_id
    and landed_row.period = delivery.period
    and landed_row.file_id = delivery.file_id
    and delivery.file_type = '{{ file_type }}'
where not exists (
    select 1
    from {{ source('landed', 'held_back_row') }} as held
    where held.school_id = landed_row.school_id
        and held.file_id = landed_row.file_id
        and held.file_type = '{{ file_type }}'
        and held.row_number = landed_row.row_number
        and held.stage = 'across'
)
{% endmacro %}
