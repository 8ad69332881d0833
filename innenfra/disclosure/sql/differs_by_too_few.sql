-- cells that would tell of fewer than a batch of people beside what anybody was ever shown: of a school in
-- any
-- look, of a pool in the last release
with
    before as (
        select {{ atom_key }}, answer, x, base, 0 as look_no
        from gate.shown_before
        union all
        select
            'school',
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
            base,
            look_no
        from gate.past_atom
    ),
    told as (
        select
            {{ atom_key }},
            atom.disclosure,
            before.look_no,
            sum(greatest(atom.x - before.x, 0)) as more,
            sum(greatest(before.x - atom.x, 0)) as fewer,
            sum(greatest((atom.base - atom.x) - (before.base - before.x), 0)) as more_no,
            sum(greatest((before.base - before.x) - (atom.base - atom.x), 0)) as fewer_no
        from gate.atom as atom
        inner join before using ({{ atom_key }}, answer)
        group by {{ atom_key }}, atom.disclosure, before.look_no
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
