{{ config(alias='partnership') }}
-- grain: one row per partnership
-- depends_on: {{ ref('failed_control') }}
select partnership_id, title, status, started_on, ended_on
from {{ ref('stg_register_partnership') }}
