{{ config(indexes=[{'columns': ['school_id', 'partnership_id', 'loop_no', 'round_no'], 'unique': true}]) }}
-- Grain: one row per school, partnership, loop and log round, from the rounds or else from the counts of answers.
with rounds as (
    select
        school_id, partnership_id, loop_no, round_no, log_instrument_version_id, collection_mode, invited_n, submitted_n,
        1 as preference, 'log_rounds' as file_type, file_id, row_number
    from {{ ref('staging__log_round') }}
    where school_id in (select school_id from {{ ref('staging__changed_school') }})
    union all
    select
        school_id, partnership_id, loop_no, round_no, log_instrument_version_id, collection_mode, invited_n, submitted_n,
        2 as preference, 'log_counts' as file_type, file_id, row_number
    from {{ ref('staging__log_count') }}
    where school_id in (select school_id from {{ ref('staging__changed_school') }})
)

select distinct on (school_id, partnership_id, loop_no, round_no)
    school_id,
    partnership_id,
    loop_no,
    round_no,
    log_instrument_version_id,
    collection_mode,
    invited_n,
    submitted_n,
    file_type,
    file_id,
    row_number
from rounds
order by school_id, partnership_id, loop_no, round_no, preference, file_id desc, row_number
