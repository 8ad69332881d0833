-- invariant 14: shares lie between 0 and 1, except loops against the agreement, of which there may be more than planned
select *
from {{ ref('indicator_value') }}
where school_id in (select school_id from staging.stg_changed_school) and unit = 'share' and indicator_id <> 'A1' and value > 1
