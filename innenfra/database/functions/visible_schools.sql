with given as (select given.role, given.scope_type, given.scope_id {{ grants }}), {{ placed_and_agreed }}
select coalesce(array_agg(distinct school_id), '{}')
from
    (
        select scope_id as school_id
        from given
        where scope_type = 'school'
        union all
        select placed.school_id
        from given
        inner join placed on given.scope_type = 'owner' and placed.owner_id = given.scope_id
        union all
        select agreed.school_id
        from given
        inner join agreed on given.scope_type = 'institution' and agreed.institution_id = given.scope_id
        union all
        select placed.school_id
        from given
        cross join placed
        where given.scope_type = 'all'
    ) as seen
