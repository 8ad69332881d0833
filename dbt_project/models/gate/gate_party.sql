{{ config(alias='party', tags=['candidate']) }}
-- grain: one row per partnership, party and first day
-- depends_on: {{ ref('failed_control') }}
select party.partnership_id, party.party_type, party.party_id, named.name, party.valid_from, party.valid_to
from {{ ref('stg_register_partnership_party') }} as party
left join
    lateral(
        select name, valid_from
        from {{ ref('stg_register_institution') }} as institution
        where party.party_type = 'institution' and institution.institution_id = party.party_id
        union all
        select name, valid_from
        from {{ ref('stg_register_school_owner') }} as owner
        where party.party_type = 'school_owner' and owner.owner_id = party.party_id
        order by valid_from desc
        limit 1
    ) as named
    on true
