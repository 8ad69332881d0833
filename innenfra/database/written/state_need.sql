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
    from register.partnership_school as member
    where member.school_id = about_school and member.partnership_id = about_partnership and member.accepted
)
then raise no_data_found
using message = 'no_such_partnership'
;
end if
;
    insert into dialogue.need (school_id, partnership_id, by_subject, school_year, need_type, text, still)
    values (about_school, about_partnership, speaker, of_year, kind, nullif(btrim(words), ''), is_needed);
end
