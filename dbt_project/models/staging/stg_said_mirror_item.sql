-- grain: one row per school, partnership and item of mirror data, with the newest text written for it in
-- the app
-- named, not referred to: people write in the app, and a release must see what was written a moment ago
select
    item.school_id,
    item.partnership_id,
    item.loop_no,
    item.mirror_id,
    item.dimension,
    item.topic_code,
    item.form,
    item.desired_practice,
    item.seed,
    item.all_teams_included,
    item.first_presented_on,
    written.text,
    written.held_up_against
from {{ ref('stg_mirror_item') }} as item
left join
    (
        select distinct on (school_id, partnership_id, mirror_id) *
        from dialogue.mirror_text
        order by school_id, partnership_id, mirror_id, mirror_text_id desc
    ) as written using (school_id, partnership_id, mirror_id)
