{{ config(alias='indicator_measure') }}
-- grain: one row per indicator, definition version and fixed part of the slice
select *
from {{ ref('indicator_measure') }}
