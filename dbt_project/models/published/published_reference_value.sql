{{ config(alias='reference_value') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_reference_value') }}
