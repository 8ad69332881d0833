-- invariant 14: what is counted out of the rows that are counted is never more than they are; what partners tell as two numbers may be (loops and a plan, teams and those active, minutes and the time set aside)
select *
from {{ ref('indicator_value') }}
where school_id in (select school_id from staging.stg_changed_school) and unit = 'share' and value > 1 and not is_stated
    and indicator_id in ('C5', 'U4', 'A4', 'A5', 'P2', 'P3', 'P4', 'E1', 'E2', 'E4', 'E5', 'I1')
