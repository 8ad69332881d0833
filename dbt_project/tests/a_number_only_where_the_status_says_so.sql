-- invariant 7: a value that is not observed is null, and a zero has something it is a zero of
select *
from {{ ref('indicator_value') }}
where school_id in (select school_id from staging.stg_changed_school)
    and (
        (not {{ carries_number('status') }} and value is not null)
        or (status = 'stated_zero' and (value <> 0 or denominator = 0))
    )
