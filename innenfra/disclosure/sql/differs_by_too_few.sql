-- cells that would tell of fewer than a batch of people, beside what was last shown to the school or to
-- others
with
    compared as (
        select
            {{ atom_key }},
            answer,
            atom.disclosure,
            atom.x,
            atom.base,
            shown.x as x_then,
            shown.base as base_then,
            shown.whom
        from gate.atom as atom
        inner join gate.shown_before as before using ({{ atom_key }}, answer)
        cross join
            lateral(
                values ('school', before.x, before.base), ('others', before.others_x, before.others_base)
            ) as shown(whom, x, base)
        where shown.x is not null
    ),
    told as (
        select
            {{ atom_key }},
            disclosure,
            whom,
            sum(greatest(x - x_then, 0)) as more,
            sum(greatest(x_then - x, 0)) as fewer,
            sum(greatest((base - x) - (base_then - x_then), 0)) as more_no,
            sum(greatest((base_then - x_then) - (base - x), 0)) as fewer_no
        from compared
        group by {{ atom_key }}, disclosure, whom
    )
select distinct told.unit_id || ' ' || told.indicator_id || ' ' || told.period_type || ' ' || told.period
from told
cross join (select batch from marts.disclosure_policy order by policy_version desc limit 1) as policy
where
    greatest(
        more + case when disclosure = 'distribution' then 0 else more_no end,
        fewer + case when disclosure = 'distribution' then 0 else fewer_no end
    )
    between 1 and policy.batch - 1
