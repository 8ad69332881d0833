insert into published.pool_member ({{ question_key }}, school_year, pool_id, release_id, {{ asked_when }})
select {{ question_key }}, member.school_year, atom_id, (select max(release_id) from published.release),
{{ asked_when }}
from gate.membership as member
inner join gate.asked as asked using ({{ question_key }})
where atom_level = 'pool'
on conflict ({{ question_key }}) do update set
    lineage = excluded.lineage, from_day = excluded.from_day, to_day = excluded.to_day
