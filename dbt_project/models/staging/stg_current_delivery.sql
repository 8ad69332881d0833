{{ config(materialized='incremental', incremental_strategy='by_school', indexes=[{'columns': ['school_id', 'file_type', 'period']}]) }}
-- grain: one row per school, file type and period: the delivery that counts now
-- depends_on: {{ ref('stg_changed_school') }}
with ranked as (
    select
        *,
        row_number() over (partition by school_id, file_type, period order by file_id desc) as newest_first
    from {{ rows_of('stg_delivery') }} as delivery
    where rows_landed > 0 or completeness in ('not_collected', 'not_in_design', 'delayed')
)
select school_id, file_type, period, file_id, partnership_id, school_year, loop_no, completeness, assumed_columns, rows_landed
from ranked
where newest_first = 1
