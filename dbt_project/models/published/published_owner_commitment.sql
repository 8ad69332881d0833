{{ config(alias='owner_commitment') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_owner_commitment') }}
