begin
    if not authz.acts_as('coder') then
        raise insufficient_privilege using message = 'not_a_coder';
    end if;
    update restricted.quote
    set words = null, withdrawn_by = nullif(current_setting('app.subject', true), ''), withdrawn_at = now()
    where quote_id = which and withdrawn_at is null and school_id = any(authz.visible_schools());
    if not found then
        raise no_data_found using message = 'no_such_quote';
    end if;
    delete from published.quote where quote_id = which;
end
