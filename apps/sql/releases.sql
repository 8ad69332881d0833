-- All releases with the figures of their audit, the newest first.
select
    release_id,
    to_char(released_at at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI') as released,
    state,
    note,
    cells_shown,
    cells_pooled,
    cells_withheld,
    audit
from published.release
order by release_id desc
