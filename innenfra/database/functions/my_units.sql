select distinct given.role, given.scope_id, coalesce(institution.name, owner.name, school.name)
from authz.my_grants() as given
left join
    lateral(
        select name
        from register.institution
        where given.scope_type = 'institution' and institution_id = given.scope_id
        order by valid_from desc
        limit 1
    ) as institution
    on true
left join
    lateral(
        select name
        from register.school_owner
        where given.scope_type = 'owner' and owner_id = given.scope_id
        order by valid_from desc
        limit 1
    ) as owner
    on true
left join
    lateral(
        select name
        from register.school
        where given.scope_type = 'school' and school_id = given.scope_id
        order by valid_from desc
        limit 1
    ) as school
    on true
