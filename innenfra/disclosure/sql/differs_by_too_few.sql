select atom.unit_id || ' ' || atom.indicator_id || ' ' || atom.period_type || ' ' || atom.period
from gate.atom as atom
inner join gate.shown_before as before using ({{ atom_key }}, answer)
cross join (select batch from marts.disclosure_policy order by policy_version desc limit 1) as policy
where (atom.shown_x, atom.base, atom.bound) is distinct from (before.shown_x, before.base, before.bound)
group by atom.unit_id, atom.indicator_id, atom.period_type, atom.period, atom.disclosure, policy.batch
having
    greatest(
        sum(greatest(atom.x - before.x, 0)) + case
            when atom.disclosure = 'distribution'
            then 0
            else sum(greatest((atom.base - atom.x) - (before.base - before.x), 0))
        end,
        sum(greatest(before.x - atom.x, 0)) + case
            when atom.disclosure = 'distribution'
            then 0
            else sum(greatest((before.base - before.x) - (atom.base - atom.x), 0))
        end
    )
    between 1 and policy.batch - 1
