with given as (select given.scope_id {{ grants }} and given.scope_type = 'institution')
select coalesce(array_agg(distinct member.school_id), '{}')
from register.partnership_school as member
inner join register.partnership_party as party using (partnership_id)
inner join given on party.party_type = 'institution' and party.party_id = given.scope_id
where member.invited and party.valid_from <= current_date
