{{ config(alias='trend', indexes=[{'columns': ['school_id']}]) }}
-- grain: as in the gate's table of the same name
select *
from {{ ref('gate_trend') }}
