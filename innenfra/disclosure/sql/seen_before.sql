select
    reader.role,
    reader.unit_ids,
    reader.school_ids,
    coalesce(array_agg(total.content) filter (where total.content is not null), '{}')
from published.total_reader as reader
left join published.open_total as total using (list_id)
where
    reader.release_id = (
        select max(known.release_id)
        from published.total_reader as known
        inner join published.release as release using (release_id)
        where release.state = 'published'
    )
group by reader.role, reader.unit_ids, reader.school_ids
