{{ config(alias='partnership') }}
-- grain: one row per partnership
select partnership_id, title, status, started_on, ended_on from {{ ref('stg_register_partnership') }}
