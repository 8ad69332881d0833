{{ config(alias='grant_year') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_grant_year') }}
