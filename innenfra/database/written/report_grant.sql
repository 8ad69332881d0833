declare
    speaker text := nullif(current_setting('app.subject', true), '');
teller text := case
    when authz.stands_for('school_owner', about_owner)
    then 'school_owner'
    when authz.acts_as('university')
    then 'institution'
end
;
teller_id text
:= about_owner
;
begin
if teller = 'institution'
then
select min(member.party_id) into teller_id
from register.partnership_party as member
where
    member.partnership_id = about_partnership
    and member.party_type = 'institution'
    and member.party_id = any(authz.visible_units('institution'))
;
end if
;
if teller
is null
or teller_id is null
or not about_partnership = any(authz.visible_partnerships())
then raise insufficient_privilege
using message = 'not_your_grant'
;
end if
;
if
not exists (
    select 1
    from register.partnership_school as member
    inner join register.school as school using (school_id)
    where member.partnership_id = about_partnership and member.accepted and school.owner_id = about_owner
)
then raise no_data_found
using message = 'owner_is_not_in_the_partnership'
;
end if
;
    insert into dialogue.grant_year (
        owner_id, budget_year, scheme_code, partnership_id, reported_by, reported_by_id, by_subject,
        decided_on, granted, needs_year_1, needs_year_2, needs_year_3,
        own_share_time, own_share_substitutes, own_share_money, coordinator
    )
    values (
        about_owner, about_year, about_scheme, about_partnership, teller, teller_id, speaker, decided,
        was_granted, needs[1], needs[2], needs[3], own_share[1], own_share[2], own_share[3], has_coordinator
    );
end
