declare
    asking text := nullif(current_setting('app.subject', true), '');
begin
    if not exists (
        select 1 from authz.role_grant as given inner join authz.person as person using (subject)
        inner join restricted.quote as quote on quote.quote_id = which and quote.school_id = given.scope_id
        where person.active and given.subject = asking and given.role = 'school'
            and given.valid_from <= current_date and (given.valid_to is null or given.valid_to > current_date)
    ) then
        raise insufficient_privilege using message = 'not_the_school';
    end if;
    if may_be_shown then
        update restricted.quote set cleared_by = asking, cleared_at = now()
        where quote_id = which and released_at is not null and withdrawn_at is null;
    else
        update restricted.quote set words = null, withdrawn_by = asking, withdrawn_at = now()
        where quote_id = which and withdrawn_at is null;
    end if;
    if not found then
        raise no_data_found using message = 'no_such_quote';
    end if;
    if may_be_shown then
        update published.quote set cleared_at = now() where quote_id = which;
    else
        delete from published.quote where quote_id = which;
    end if;
end
