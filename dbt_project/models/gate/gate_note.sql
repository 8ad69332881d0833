{{ config(alias='note', tags=['candidate']) }}
-- grain: one row per school, partnership, kind of note, code, school year and first loop
-- depends_on: {{ ref('failed_control') }}
select
    school_id,
    partnership_id,
    note_type,
    code,
    school_year,
    first_loop_no,
    without_te,
    rejected_by_practitioners,
    introduced_by,
    evidence_ref,
    agreed_by_both
from {{ ref('stg_note') }}
