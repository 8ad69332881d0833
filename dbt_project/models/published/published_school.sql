{{ config(alias='school') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_school') }}
