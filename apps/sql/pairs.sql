-- The verdict on one school's values and those of every other school in sight, in one period.
select
    partnership_id,
    other_school_id,
    other_partnership_id,
    slice::text as slice,
    comparability,
    comparability_reason,
    family_relation
from published.comparison
where
    school_id = %(school)s and indicator_id = %(indicator)s and period_type = %(kind)s and period = %(period)s
