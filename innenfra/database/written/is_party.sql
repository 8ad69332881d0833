select
    case
        wanted
        when 'school'
        then authz.stands_for('school', about_school)
        when 'institution'
        then
            about_school = any(authz.visible_schools())
            and exists (
                select 1
                from register.partnership_party as party
                where
                    party.partnership_id = about_partnership
                    and party.party_type = 'institution'
                    and party.valid_from <= current_date
                    and coalesce(party.valid_to > current_date, true)
                    and authz.stands_for('university', party.party_id)
            )
        when 'school_owner'
        then
            about_school = any(authz.visible_schools())
            and exists (
                select 1
                from published.agreement as agreement
                where
                    agreement.school_id = about_school
                    and agreement.partnership_id = about_partnership
                    and agreement.owner_is_party = 'yes'
            )
            and authz.acts_as('school_owner')
        else false
    end
