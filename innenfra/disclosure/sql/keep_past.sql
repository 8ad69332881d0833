with
    now as (
        select
            cell_key,
            md5((cell - 'release_id' - 'content')::text) as content,
            cell ->> 'unit_level' as unit_level,
            cell ->> 'unit_id' as unit_id,
            cell ->> 'indicator_id' as indicator_id,
            cell
        from (select told.cell_key, to_jsonb(told) as cell from published.{{ relation }} as told) as told
    ),
    ended as (
        update published.past_value as past set last_release = %(release)s - 1
        where
            past.seen_by = %(seen_by)s
            and past.last_release is null
            and not exists (
                select 1 from now where now.cell_key = past.cell_key and now.content = past.content
            )
    )
    insert into published.past_value(
        seen_by, first_release, unit_level, unit_id, indicator_id, cell_key, content, cell
    )
select
    %(seen_by)s,
    %(release)s,
    now.unit_level,
    now.unit_id,
    now.indicator_id,
    now.cell_key,
    now.content,
    now.cell
from now
where
    not exists (
        select 1
        from published.past_value as past
        where
            past.seen_by = %(seen_by)s
            and past.last_release is null
            and past.cell_key = now.cell_key
            and past.content = now.content
    )
