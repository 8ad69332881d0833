-- people's own words are masked before they are written; what still looks like a number or an address
-- stops here
select school_id || ' ' || about
from
    (
        select
            school_id,
            'mirror_item ' || mirror_id as about,
            concat_ws(' ', text, held_up_against, comment) as words
        from gate.mirror_item
        union all
        select school_id, 'decision ' || decision_id, text
        from gate.decision
        union all
        select school_id, 'loop ' || loop_no, loop_goal
        from gate.loop_design
        union all
        select school_id, 'need ' || school_year || ' ' || need_type, text
        from gate.need
    ) as said
where words ~ '([0-9][ ./-]?){11}' or words ~ '[^ ]@[^ ]'
