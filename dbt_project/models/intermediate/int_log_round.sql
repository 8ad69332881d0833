-- grain: one row per school, partnership, loop and log round
select school_id, partnership_id, loop_no, round_no, max(invited_n) as invited_n, max(submitted_n) as submitted_n, max(log_instrument_version_id) as log_instrument_version_id
from (
    select school_id, partnership_id, loop_no, round_no, invited_n, submitted_n, log_instrument_version_id from {{ ref('stg_log_count') }}
    union
    select school_id, partnership_id, loop_no, round_no, invited_n, submitted_n, log_instrument_version_id from {{ ref('stg_log_round') }}
) as round_of_either_file
group by 1, 2, 3, 4
