from authz.role_grant as given
inner join authz.person as person using (subject)
where
    person.active
    and given.subject = nullif(current_setting('app.subject', true), '')
    and given.role = nullif(current_setting('app.role', true), '')
    and given.scope_id = coalesce(nullif(current_setting('app.unit', true), ''), given.scope_id)
    and given.valid_from <= current_date
    and (given.valid_to is null or given.valid_to > current_date)
