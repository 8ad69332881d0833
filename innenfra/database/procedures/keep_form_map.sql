declare
    speaker text := nullif(current_setting('app.subject', true), '');
    speaking_as text := current_setting('app.role', true);
begin
    if not (
        for_school = any(authz.visible_schools())
        and speaking_as in ('school', 'university') and authz.acts_as(speaking_as)
    ) then
        raise insufficient_privilege using message = 'not_your_school';
    end if;
    if jsonb_typeof(of_questions) <> 'array' or length(of_questions::text) > 100000 then
        raise string_data_right_truncation using message = 'a map has at most 100 000 letters';
    end if;
    insert into dialogue.form_map (school_id, by_subject, questions)
    values (for_school, speaker, of_questions);
end
