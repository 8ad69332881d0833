-- grain: one row per school, partnership, checked object, day and group; of what the leadership answered in
-- the
-- app, the newest
-- named, not referred to: people write in the app, and a release must see what was written a moment ago
select
    school_id,
    partnership_id,
    object_type,
    object_id,
    checked_on,
    "group" as checked_by,
    outcome,
    revised,
    null::text as comment,
    'file' as written_in
from {{ ref('stg_member_check') }}
union all
select
    answered.school_id,
    answered.partnership_id,
    'mirror' as object_type,
    answered.mirror_id as object_id,
    answered.answered_at::date as checked_on,
    'leadership' as checked_by,
    answered.answer as outcome,
    case
        when
            exists (
                select 1
                from dialogue.mirror_text as written
                where
                    written.school_id = answered.school_id
                    and written.partnership_id = answered.partnership_id
                    and written.mirror_id = answered.mirror_id
                    and written.written_at > answered.answered_at
            )
        then 'yes'
    end as revised,
    answered.comment,
    'app' as written_in
from
    (
        select distinct on (school_id, partnership_id, mirror_id) *
        from dialogue.mirror_answer
        order by school_id, partnership_id, mirror_id, mirror_answer_id desc
    ) as answered
