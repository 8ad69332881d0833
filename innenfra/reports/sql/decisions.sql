-- What a school decided to try from the loop after one on, or from an item of that loop's mirror data.
select decision_id, decided_on, decision_type, decided_by, text
from published.decision
where
    school_id = %(school)s
    and (
        effective_loop_no = %(loop)s::int + 1
        or (partnership_id, mirror_id) in (
            select partnership_id, mirror_id
            from published.mirror_item
            where school_id = %(school)s and loop_no = %(loop)s::int
        )
    )
order by decided_on, decision_id
