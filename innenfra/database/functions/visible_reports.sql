select coalesce(array_agg(distinct report), '{}')
from
    (
        select kind || '/' || unit_id as report
        from unnest(array['county', 'council']) as kind
        cross join unnest(authz.visible_units('school_owner')) as unit_id
        union all
        select 'mirror/' || school_id
        from unnest(authz.visible_schools()) as school_id
        where authz.acts_as('school') or authz.acts_as('university')
        union all
        select 'yearly/' || partnership_id
        from unnest(authz.visible_partnerships()) as partnership_id
        where authz.acts_as('school') or authz.acts_as('university')
    ) as report
