-- Grain: one row per landed row that a check over several deliveries holds back.
select school_id, file_id, file_type, row_number
from {{ source('landed', 'held_back_row') }}
where stage = 'across'
