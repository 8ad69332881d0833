{# Rows of a landed table that count now: of the delivery that counts for their school, partnership, file type
   and period, and not held back by a check over several deliveries. A row that the manifest delivers for two
   partnerships is served in both. `own_partnership` says that the table names the partnership itself. #}
{% macro current_rows(table, file_type, own_partnership=false) %}
    select {% if not own_partnership %} delivery.partnership_id, {% endif -%} landed_row.*
    from {{ source('landed', table) }} as landed_row
    inner join
        {{ ref('stg_current_delivery') }} as delivery
        on landed_row.school_id = delivery.school_id
        and landed_row.period = delivery.period
        and landed_row.file_id = delivery.file_id
        and delivery.file_type = '{{ file_type }}'
        {% if own_partnership %} and landed_row.partnership_id = delivery.partnership_id{% endif %}
    where {{ not_held_back(file_type) }}
{% endmacro %}

{# The same for what all partnerships of a school use together (forms, templates, codebooks): each key once,
   from whichever partnership it was delivered in. #}
{% macro current_reference_rows(table, file_type, key) %}
    select distinct on (landed_row.school_id, {{ key | join(', ') }}) landed_row.*
    from {{ source('landed', table) }} as landed_row
    inner join
        {{ ref('stg_current_delivery') }} as delivery
        on landed_row.school_id = delivery.school_id
        and landed_row.period = delivery.period
        and landed_row.file_id = delivery.file_id
        and delivery.file_type = '{{ file_type }}'
    where {{ not_held_back(file_type) }}
    order by landed_row.school_id, {{ key | join(', ') }}, delivery.newest_first, delivery.partnership_id
{% endmacro %}

{% macro not_held_back(file_type) -%}
    not exists (
        select 1
        from {{ source('landed', 'held_back_row') }} as held
        where
            held.school_id = landed_row.school_id
            and held.file_id = landed_row.file_id
            and held.file_type = '{{ file_type }}'
            and held.row_number = landed_row.row_number
            and held.stage = 'across'
    )
{%- endmacro %}
