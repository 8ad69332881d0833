{{ config(alias='indicator') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_indicator') }}
