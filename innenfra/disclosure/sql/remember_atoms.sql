-- what rests on people is written down as it is about to be shown: by a release to all, else to the schools
-- alone, but those that are shown nothing
insert into published.released_atom (
    unit_level,
    unit_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    question,
    family,
    answer,
    disclosure,
    school_year,
    n,
    schools_n,
    x,
    base,
    bound,
    is_rest,
    shown_x,
    safe_x,
    release_id,
    lineage,
    from_day,
    to_day
)
select
    atom.unit_level,
    atom.unit_id,
    atom.partnership_id,
    atom.indicator_id,
    atom.definition_version,
    atom.period_type,
    atom.period,
    atom.question,
    atom.family,
    atom.answer,
    atom.disclosure,
    atom.school_year,
    atom.n,
    atom.schools_n,
    atom.x,
    atom.base,
    atom.bound,
    atom.is_rest,
    atom.shown_x,
    atom.safe_x,
    (select coalesce(max(release_id), 0) from published.release),
    asked.lineage,
    asked.from_day,
    asked.to_day
from gate.atom as atom
left join
    gate.asked as asked
    on atom.unit_level = 'school'
    and atom.unit_id = asked.school_id
    and atom.partnership_id = asked.partnership_id
    and atom.indicator_id = asked.indicator_id
    and atom.definition_version = asked.definition_version
    and atom.period_type = asked.period_type
    and atom.period = asked.period
    and atom.question = asked.question
    and atom.family = asked.family
where %(to_others)s or atom.unit_level = 'school' and atom.unit_id <> all(%(but)s)
on conflict (
    unit_level,
    unit_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    question,
    family,
    answer
) do update set
    n = excluded.n,
    schools_n = excluded.schools_n,
    x = excluded.x,
    base = excluded.base,
    bound = excluded.bound,
    is_rest = excluded.is_rest,
    shown_x = excluded.shown_x,
    safe_x = excluded.safe_x,
    release_id = excluded.release_id,
    lineage = coalesce(excluded.lineage, released_atom.lineage),
    from_day = coalesce(excluded.from_day, released_atom.from_day),
    to_day = coalesce(excluded.to_day, released_atom.to_day)
where
    (released_atom.x, released_atom.base, released_atom.bound, released_atom.shown_x)
    is distinct from (excluded.x, excluded.base, excluded.bound, excluded.shown_x)
    or excluded.from_day is not null
    and (released_atom.lineage, released_atom.from_day, released_atom.to_day)
    is distinct from (excluded.lineage, excluded.from_day, excluded.to_day)
