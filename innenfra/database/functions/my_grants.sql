select given.*
from authz.role_grant as given
inner join authz.person as person using (subject)
where
    person.active
    and given.subject = nullif(current_setting('app.subject', true), '')
    and given.valid_from <= current_date
    and (given.valid_to is null or given.valid_to > current_date)
order by given.role, given.scope_id
