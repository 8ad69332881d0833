declare
    speaker text := nullif(current_setting('app.subject', true), '');
begin
if not authz.stands_for('school', about_school)
then raise insufficient_privilege
using message = 'not_the_school'
;
end if
;
if
not exists (
    select 1
    from published.mirror_item as item
    where
        item.school_id = about_school
        and item.partnership_id = about_partnership
        and item.mirror_id = about_item
)
then raise no_data_found
using message = 'no_such_item'
;
end if
;
    insert into dialogue.mirror_answer (school_id, partnership_id, mirror_id, by_subject, answer, comment)
    values (about_school, about_partnership, about_item, speaker, said, nullif(btrim(words), ''));
end
