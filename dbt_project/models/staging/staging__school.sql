-- Grain: one row per school and version.
select school_id, valid_from, valid_to, name, owner_id, municipality_no, school_code, small_school
from {{ source('register', 'school') }}
