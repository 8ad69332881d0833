{{ config(alias='indicator_measure') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_indicator_measure') }}
