-- grain: as gate.atom, of schools: what is about to be shown and is not what was shown last, all answers of
-- it
insert into published.past_atom (
    look_no,
    school_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    question,
    family,
    answer,
    x,
    base
)
select
    (select coalesce(max(look_no), 0) + 1 from published.past_atom),
    unit_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    question,
    family,
    answer,
    x,
    base
from gate.atom
where
    unit_level = 'school'
    and (%(to_others)s or unit_id <> all(%(but)s))
    and ({{ atom_key }}) in (
        select {{ atom_key }}
        from gate.atom
        left join published.released_atom as before using ({{ atom_key }}, answer)
        where (atom.x, atom.base) is distinct from (before.x, before.base)
    )
