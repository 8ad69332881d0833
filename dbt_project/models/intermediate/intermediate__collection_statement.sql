-- Grain: one row per school, file type and period that the school states it has nothing for, and why.
select school_id, file_type, period, partnership_id, school_year, loop_no, completeness, file_id
from {{ ref('staging__current_delivery') }}
where rows_landed = 0
    and completeness in ('not_collected', 'not_in_design')
    and school_id in (select school_id from {{ ref('staging__changed_school') }})
