{{ config(alias='funnel_limit') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_funnel_limit') }}
