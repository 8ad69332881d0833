{{ config(alias='family_crosswalk') }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_family_crosswalk') }}
