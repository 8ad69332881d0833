{{ config(materialized='view') }}
-- grain: one row: the day that numbers are told as of, which is stored with the newest run; empty before
-- the first
select
    (select as_of from {{ source('quality', 'run') }} order by started_at desc, run_id desc limit 1) as as_of
