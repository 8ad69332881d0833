{{ config(alias='total_part', indexes=[{'columns': ['content']}]) }}
-- grain: as in the gate's table of the same name; read by nobody but the audit and the next release
select *
from {{ ref('gate_total_part') }}
