-- grain: one row per school, partnership, school year and kind of need: what the school stated last in the
-- app
-- named, not referred to: people write in the app, and a release must see what was written a moment ago
with
    newest as (
        select distinct on (school_id, partnership_id, school_year, need_type) *
        from dialogue.need
        order by school_id, partnership_id, school_year, need_type, need_id desc
    )
select school_id, partnership_id, school_year, need_type, text, written_at::date as stated_on
from newest
where still
