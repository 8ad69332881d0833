{{ config(alias='decision', tags=['candidate']) }}
-- grain: one row per school, partnership and decision
-- depends_on: {{ ref('failed_control') }}
select
    said.school_id,
    said.partnership_id,
    said.decision_id,
    said.decided_on,
    coalesce(
        dated.school_year,
        {{ school_year_from("extract(year from said.decided_on - interval '7 months')::integer") }}
    ) as school_year,
    said.meeting_id,
    said.decision_type,
    said.proposed_by,
    said.decided_by,
    said.based_on,
    said.mirror_id,
    said.effective_loop_no,
    said.confirmed_by_both,
    said.text,
    said.written_in
from {{ ref('stg_said_decision') }} as said
left join
    {{ ref('int_dated_row') }} as dated
    on said.school_id = dated.school_id
    and said.partnership_id = dated.partnership_id
    and said.file_id = dated.file_id
    and said.row_number = dated.row_number
    and dated.file_type = 'decisions'
