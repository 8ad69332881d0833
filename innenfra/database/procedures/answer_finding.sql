declare
    speaker text := nullif(current_setting('app.subject', true), '');
    of_file bigint;
begin
    select finding.file_id into of_file
    from quality.finding as finding
    inner join inbox.file as file using (file_id)
    where finding.finding_id = which
        and authz.acts_as('school') and file.school_id = any(authz.visible_schools());
    if of_file is null then
        raise insufficient_privilege using message = 'not_your_finding';
    end if;
    if said is null or length(trim(said)) not between 1 and 400 then
        raise string_data_right_truncation using message = 'an answer has 1 to 400 letters';
    end if;
    insert into dialogue.finding_answer (finding_id, file_id, by_subject, words)
    values (which, of_file, speaker, trim(said));
end
