with given as (select given.role, given.scope_id {{ grants }})
select coalesce(array_agg(distinct unit), '{}')
from
    (
        select scope_id as unit
        from given
        where
            role = 'university'
            and wanted = 'institution'
            or role = 'school_owner'
            and wanted = 'school_owner'
            or role = 'county'
            and wanted = 'county'
        union all
        select left(school.municipality_no, place.digits)
        from given
        inner join
            register.school as school on given.role = 'school_owner' and school.owner_id = given.scope_id
        inner join (values ('municipality', 4), ('county', 2)) as place(level, digits) on place.level = wanted
    ) as seen
