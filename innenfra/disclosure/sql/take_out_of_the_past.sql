update published.past_value as past
set cell = past.cell
    || jsonb_build_object('status', 'withdrawn', 'status_reason', 'withdrawn', 'bound', '=')
    || jsonb_build_object('comparability', 'not_comparable', 'comparability_reason', 'no_number')
    || (select jsonb_object_agg(name, null::text) from unnest(%(numbers)s::text[]) as name)
from published.{{ relation }} as now
where
    now.status = 'withdrawn'
    and past.seen_by = %(seen_by)s
    and past.last_release is not null
    and past.cell_key = now.cell_key
    and past.cell ->> 'status' <> 'withdrawn'
