-- grain: one row per school, partnership and decision, delivered or written in the app
-- named, not referred to: people write in the app, and a release must see what was written a moment ago
select
    school_id,
    partnership_id,
    decision_id,
    decided_on,
    meeting_id,
    decision_type,
    proposed_by,
    decided_by,
    based_on,
    mirror_id,
    effective_loop_no,
    confirmed_by_both,
    null::text as text,
    'file' as written_in,
    file_id,
    row_number
from {{ ref('stg_decision') }}
union all
select
    school_id,
    partnership_id,
    'app-' || decision_no as decision_id,
    decided_on,
    null as meeting_id,
    decision_type,
    proposed_by,
    decided_by,
    case when mirror_id is not null then 'mirror_data' end as based_on,
    mirror_id,
    effective_loop_no,
    null as confirmed_by_both,
    text,
    'app' as written_in,
    null as file_id,
    null as row_number
from dialogue.decision
