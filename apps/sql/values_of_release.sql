-- One indicator as others than the school saw it in an earlier release.
select cell
from published.past_value
where
    seen_by = 'others'
    and indicator_id = %(indicator)s
    and first_release <= %(number)s
    and coalesce(last_release, %(number)s) >= %(number)s
order by unit_level, unit_id, past_value_id
