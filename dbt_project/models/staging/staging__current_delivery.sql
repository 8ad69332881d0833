{{ config(materialized='incremental', incremental_strategy='by_school', on_schema_change='fail', indexes=[{'columns': ['school_id', 'file_type', 'period'], 'unique': true}]) }}
-- Grain: one row per school, file type and period: the latest file with rows, or with a statement that there are none.
select distinct on (delivery.school_id, delivery.file_type, delivery.period)
    delivery.school_id,
    delivery.file_type,
    delivery.period,
    delivery.file_id,
    delivery.partnership_id,
    delivery.school_year,
    delivery.loop_no,
    delivery.completeness,
    delivery.assumed_columns,
    delivery.rows_landed
from {{ source('inbox', 'delivery') }} as delivery
where delivery.school_id in (select school_id from {{ ref('staging__changed_school') }})
    and (delivery.rows_landed > 0 or delivery.completeness in ('not_collected', 'not_in_design'))
order by delivery.school_id, delivery.file_type, delivery.period, delivery.file_id desc
