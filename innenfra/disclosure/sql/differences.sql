-- What one release tells otherwise than another: a row for each number and view that differs.
with
    before as (
        select distinct
            on (seen_by, cell_key) seen_by, cell_key, content, unit_level, unit_id, indicator_id, cell
        from published.past_value
        where first_release <= %(one)s and coalesce(last_release, %(one)s) >= %(one)s
        order by seen_by, cell_key, first_release desc
    ),
    after as (
        select distinct
            on (seen_by, cell_key) seen_by, cell_key, content, unit_level, unit_id, indicator_id, cell
        from published.past_value
        where first_release <= %(other)s and coalesce(last_release, %(other)s) >= %(other)s
        order by seen_by, cell_key, first_release desc
    )
select
    case
        when before.cell is null
        then 'new'
        when after.cell is null
        then 'gone'
        when after.cell ->> 'status' = 'withdrawn'
        then 'withdrawn'
        else 'changed'
    end as what,
    seen_by,
    coalesce(after.unit_level, before.unit_level) as unit_level,
    coalesce(after.unit_id, before.unit_id) as unit_id,
    coalesce(after.indicator_id, before.indicator_id) as indicator_id,
    coalesce(after.cell, before.cell) ->> 'period_type' as period_type,
    coalesce(after.cell, before.cell) ->> 'period' as period,
    coalesce(after.cell, before.cell) -> 'slice' as slice,
    before.cell as cell_before,
    after.cell as cell_after
from before
full outer join after using (seen_by, cell_key)
where before.content is distinct from after.content
order by 4, 5, 6, 7, 8, 2
