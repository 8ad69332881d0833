{{ config(alias='member_check') }}
-- grain: as in the gate's view of what schools have seen
select *
from {{ ref('gate_seen_by_school') }}
