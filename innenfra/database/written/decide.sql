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
if from_item
is not null
and not exists (
    select 1
    from published.mirror_item as item
    where
        item.school_id = about_school
        and item.partnership_id = about_partnership
        and item.mirror_id = from_item
)
then raise no_data_found
using message = 'no_such_item'
;
end if
;
    insert into dialogue.decision (
        school_id, partnership_id, by_subject, decision_type, proposed_by, decided_by, mirror_id,
        effective_loop_no, text
    )
    values (
        about_school, about_partnership, speaker, kind, proposer, decider, from_item, from_loop, btrim(words)
    );
end
