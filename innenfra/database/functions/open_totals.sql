with
    mine as (
        select
            given.role,
            array_agg(
                distinct given.scope_id collate "C" order by given.scope_id collate "C"
            ) as unit_ids {{ grants }}
        group by given.role
    ),
    seen as (
        select coalesce(array_agg(school_id collate "C" order by school_id collate "C"), '{}') as school_ids
        from unnest(authz.visible_schools()) as school_id
    )
select open_total.content
from mine
cross join seen
inner join
    published.total_reader as reader
    on reader.role = mine.role
    and reader.unit_ids = mine.unit_ids
    and reader.school_ids = seen.school_ids
inner join published.open_total as open_total using (list_id)
