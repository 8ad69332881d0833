with
    counted as (
        select
            count(*) filter (where status in ('observed', 'stated_zero', 'provisional')) as shown,
            count(*) filter (where unit_level = 'pool') as pooled,
            count(*) filter (where status = 'suppressed') as withheld
        from published.indicator_value
    )
    update published.release
    set state = 'published',
    released_at = now(),
    cells_shown = counted.shown,
    cells_pooled = counted.pooled,
    cells_withheld = counted.withheld
from counted
where release_id = %(release)s
returning cells_shown, cells_pooled, cells_withheld
