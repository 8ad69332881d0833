policy as (
    select
        coalesce(
            (select university_keeps_history from authz.access_policy order by policy_version desc limit 1),
            false
        ) as keeps_history
),
placed as (
    select distinct on (school_id) school_id, owner_id
    from register.school
    where valid_from <= current_date
    order by school_id, valid_from desc
),
-- a school is a university's while an agreement between them is in force
agreed as (
    select agreement.school_id, party.party_id as institution_id
    from published.agreement as agreement
    inner join register.partnership as partnership using (partnership_id)
    inner join register.partnership_school as member using (partnership_id, school_id)
    inner join register.partnership_party as party using (partnership_id)
    cross join policy
    where
        party.party_type = 'institution'
        and member.accepted
        and partnership.status <> 'withdrawn'
        and agreement.valid_from <= current_date
        and party.valid_from <= current_date
        and (
            policy.keeps_history
            or partnership.status <> 'ended'
            and coalesce(partnership.ended_on >= current_date, true)
            and coalesce(member.left_on >= current_date, true)
            and coalesce(agreement.valid_to >= current_date, true)
            and coalesce(party.valid_to > current_date, true)
        )
)
