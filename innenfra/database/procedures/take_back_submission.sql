declare
    speaker text := nullif(current_setting('app.subject', true), '');
begin
    update dialogue.submission
    set taken_back_at = now()
    where submission_id = which and by_subject = speaker and taken_back_at is null
        and school_id = any(authz.visible_schools())
        and not exists (
            select 1 from inbox.file
            where file.sha256 = submission.sha256 and file.school_id = submission.school_id
        );
    if not found then
        raise no_data_found using message = 'taken_in_already';
    end if;
end
