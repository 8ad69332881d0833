select count(*) = 0 or count(*) >= {{ least }} and max(base) <= {{ largest }} * sum(base)
from
    (
        select counted.school_id, sum(counted.base) as base
        from unnest(school_ids, school_bases) as counted(school_id, base)
        where counted.school_id <> all((select authz.visible_schools())::text[])
        group by counted.school_id
    ) as unseen
