{{ config(alias='coding', indexes=[{'columns': ['school_id']}]) }}
-- grain: as in the gate's table of the same name; others than the school read it only of what the school
-- has looked through
with
    waiting as (
        select distinct school_id, partnership_id, indicator_id, period_type, period
        from {{ ref('gate_shown_value') }}
        where status = 'awaiting_member_check'
    )
select coding.*, waiting.school_id is not null as awaits_school
from {{ ref('gate_coding') }} as coding
left join waiting using (school_id, partnership_id, indicator_id, period_type, period)
