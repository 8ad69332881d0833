-- grain of the long fact: no key occurs twice
select school_id, partnership_id, indicator_id, definition_version, period_type, period, slice
from {{ ref('indicator_value') }}
where school_id in (select school_id from staging.stg_changed_school)
group by 1, 2, 3, 4, 5, 6, 7
having count(*) > 1
