-- How many numbers one release tells otherwise than an earlier one, as others than the school saw both: by
-- indicator and what happened; of one indicator also the numbers themselves.
with
    earlier as (
        select cell_key, content, indicator_id, cell
        from published.past_value
        where
            seen_by = 'others'
            and first_release <= %(earlier)s
            and coalesce(last_release, %(earlier)s) >= %(earlier)s
    ),
    later as (
        select cell_key, content, indicator_id, cell
        from published.past_value
        where
            seen_by = 'others'
            and first_release <= %(number)s
            and coalesce(last_release, %(number)s) >= %(number)s
    ),
    differing as (
        select
            coalesce(later.indicator_id, earlier.indicator_id) as indicator_id,
            case
                when earlier.cell is null
                then 'new'
                when later.cell is null
                then 'gone'
                when later.cell ->> 'status' = 'withdrawn'
                then 'withdrawn'
                else 'changed'
            end as what,
            earlier.cell as before,
            later.cell as after
        from earlier
        full outer join later using (cell_key)
        where earlier.content is distinct from later.content
    )
select
    indicator_id,
    what,
    count(*) as numbers_n,
    jsonb_agg(
        jsonb_build_object('before', before, 'after', after)
        order by
            coalesce(after, before) ->> 'period',
            coalesce(after, before) ->> 'unit_level',
            coalesce(after, before) ->> 'unit_id',
            coalesce(after, before) ->> 'slice'
    ) filter (where indicator_id = %(indicator)s) as numbers
from differing
group by indicator_id, what
order by indicator_id, what
