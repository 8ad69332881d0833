declare
    speaker text := nullif(current_setting('app.subject', true), '');
    speaking_as text := current_setting('app.role', true);
    number bigint;
begin
    if not (
        for_school = any(authz.visible_schools())
        and speaking_as in ('school', 'university', 'school_owner') and authz.acts_as(speaking_as)
    ) then
        raise insufficient_privilege using message = 'not_your_school';
    end if;
    select submission_id into number
    from dialogue.submission
    where sha256 = with_hash and school_id = for_school and taken_back_at is null
        and not exists (
            select 1 from inbox.file where file.sha256 = with_hash and file.school_id = for_school
        );
    if number is not null then
        raise unique_violation using message = 'waits_already';
    end if;
    insert into dialogue.submission (
        by_subject, role, school_id, file_name, sha256, rows_read, rows_held_back
    )
    values (speaker, speaking_as, for_school, named, with_hash, of_rows, of_held)
    returning submission_id into number;
    return number;
end
