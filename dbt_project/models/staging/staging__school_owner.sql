-- Grain: one row per school owner and version.
select owner_id, valid_from, valid_to, name, owner_type, municipality_no
from {{ source('register', 'school_owner') }}
