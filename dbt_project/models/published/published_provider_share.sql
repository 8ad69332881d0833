{{ config(alias='provider_share') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_provider_share') }}
