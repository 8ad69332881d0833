declare
    speaker text := nullif(current_setting('app.subject', true), '');
begin
    if not exists (
        select 1 from authz.role_grant as given inner join authz.person as person using (subject)
        where person.active and given.subject = speaker and given.role = 'school'
            and given.scope_id = about_school
            and given.valid_from <= current_date and (given.valid_to is null or given.valid_to > current_date)
    ) then
        raise insufficient_privilege using message = 'only the school''s own people write about it';
    end if;
    if length(words) > 1000 then
        raise string_data_right_truncation using message = 'a comment has at most 1000 letters';
    end if;
    if not exists (
        select 1 from published.release as release
        where release.release_id = about_release and release.state <> 'refused'
    ) then
        raise foreign_key_violation using message = 'there is no such release to write about';
    end if;
    if said is null then
        insert into dialogue.comment (
            school_id, release_id, indicator_id, period_type, period, by_subject, comment
        )
        values (
            about_school, about_release, about_indicator, about_period_type, about_period, speaker, words
        );
    else
        insert into dialogue.member_check (
            school_id, release_id, indicator_id, period_type, period, by_subject, answer, comment
        )
        values (
            about_school, about_release, about_indicator, about_period_type, about_period, speaker, said,
            nullif(words, '')
        );
    end if;
end
