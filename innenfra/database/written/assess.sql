declare
    speaker text := nullif(current_setting('app.subject', true), '');
party text := case
    current_setting('app.role', true)
    when 'school'
    then 'school'
    when 'university'
    then 'institution'
    when 'school_owner'
    then 'school_owner'
end
;
begin
if party is null or not authz.is_party(party, about_school, about_partnership)
then raise insufficient_privilege
using message = 'not_a_party'
;
end if
;
if
not exists (
    select 1
    from published.commitment as agreed
    where
        agreed.school_id = about_school
        and agreed.partnership_id = about_partnership
        and agreed.agreement_id = about_agreement
        and agreed.version_no = about_version
        and agreed.commitment_no = about_commitment
)
then raise no_data_found
using message = 'no_such_commitment'
;
end if
;
    insert into dialogue.commitment_review (
        school_id, partnership_id, by_subject, agreement_id, version_no, commitment_no, school_year,
        assessed_by,
        assessed_by_id, result
    )
    values (
        about_school, about_partnership, speaker, about_agreement, about_version, about_commitment, of_year,
        party,
        case when party = 'institution' then (
            select min(member.party_id) from register.partnership_party as member
            where member.partnership_id = about_partnership and member.party_type = 'institution'
                and member.party_id = any(authz.visible_units('institution'))
        ) end, said
    );
end
