{{ config(alias='delivery_status') }}
-- grain: one row per school, file type and period that was delivered or spoken of
-- depends_on: {{ ref('failed_control') }}
select
    delivery.school_id,
    delivery.partnership_id,
    delivery.file_type,
    delivery.school_year,
    delivery.period,
    case
        when delivery.completeness in ('complete', 'partial') then 'delivered' else delivery.completeness
    end as status,
    exists (
        select 1
        from {{ ref('stg_delivery') }} as earlier
        where
            earlier.school_id = delivery.school_id
            and earlier.file_type = delivery.file_type
            and earlier.school_year = delivery.school_year
            and earlier.completeness = 'delayed'
            and earlier.file_id < delivery.file_id
    ) as is_late
from {{ ref('stg_current_delivery') }} as delivery
