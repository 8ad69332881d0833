-- Grain: one row per partnership.
select partnership_id, title, programme_code, status, started_on, ended_on
from {{ source('register', 'partnership') }}
