declare
    speaker text := nullif(current_setting('app.subject', true), '');
begin
if not authz.is_party('institution', about_school, about_partnership)
then raise insufficient_privilege
using message = 'not_the_university'
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
    insert into dialogue.mirror_text (school_id, partnership_id, mirror_id, by_subject, text, held_up_against)
    values (about_school, about_partnership, about_item, speaker, btrim(words), nullif(btrim(against), ''));
end
