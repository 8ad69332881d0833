-- Grain: one row per partnership and school.
select partnership_id, school_id, invited, accepted, joined_on, left_on
from {{ source('register', 'partnership_school') }}
