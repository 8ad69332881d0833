-- Grain: one row per university and version.
select institution_id, valid_from, valid_to, name
from {{ source('register', 'institution') }}
