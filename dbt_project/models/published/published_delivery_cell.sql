{{ config(alias='delivery_cell') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_delivery_cell') }}
