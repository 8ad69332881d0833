select person.subject, person.display_label, given.role, given.scope_id
from authz.person as person
inner join authz.role_grant as given using (subject)
where person.subject like 'demonstration|%' and person.active
order by given.role, given.scope_id
