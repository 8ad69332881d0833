{{ config(materialized='table') }}
-- grain: one row per school that must be counted anew: its deliveries, or the models themselves, changed since the last build
{%- set before = as_built_before('marts', 'built_school') %}
with delivered as (
    select school_id, max(file_id) as last_file_id, count(*) as deliveries_n
    from {{ ref('stg_delivery') }}
    group by school_id
),
held_back as (
    select school_id, count(*) as held_back_n
    from {{ source('landed', 'held_back_row') }}
    where stage = 'across'
    group by school_id
),
now as (
    select
        delivered.school_id,
        concat_ws('/', delivered.last_file_id, delivered.deliveries_n, held_back.held_back_n) as deliveries,
        '{{ var("models_version") }}'::text as models_version
    from delivered
    left join held_back using (school_id)
)
{%- if before %}
select now.*
from now
left join {{ before }} as built using (school_id)
where built.deliveries is distinct from now.deliveries or built.models_version <> now.models_version
{%- else %}
select * from now
{%- endif %}
