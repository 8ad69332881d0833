-- Grain: one row per partnership, party and first day.
select partnership_id, party_id, party_type, valid_from, valid_to
from {{ source('register', 'partnership_party') }}
