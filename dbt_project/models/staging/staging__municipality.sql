-- Grain: one row per municipality and version.
select municipality_no, valid_from, valid_to, name
from {{ source('register', 'municipality') }}
