{{ config(alias='indicator') }}
-- grain: one row per indicator and definition version of the catalogue
select *
from {{ ref('indicator') }}
