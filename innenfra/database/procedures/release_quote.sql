declare
    one restricted.quote;
begin
    if not authz.acts_as('coder') then
        raise insufficient_privilege using message = 'not_a_coder';
    end if;
    update restricted.quote
    set released_by = nullif(current_setting('app.subject', true), ''), released_at = now()
    where quote_id = which and released_at is null and withdrawn_at is null
        and school_id = any(authz.visible_schools()) and {{ log_round }} = any(authz.readable_rounds())
    returning * into one;
    if not found then
        raise no_data_found using message = 'no_such_quote';
    end if;
    insert into published.quote (
        quote_id, school_id, partnership_id, loop_no, speaker, words, is_paraphrase, released_at
    )
    values (
        one.quote_id, one.school_id, one.partnership_id, one.loop_no, one.speaker, one.words,
        one.is_paraphrase, one.released_at
    );
end
