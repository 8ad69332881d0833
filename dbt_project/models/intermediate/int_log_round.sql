-- grain: one row per school, partnership, loop and log round, from whichever file says how many were
-- invited and handed in
with
    round_of_either_file as (
        select
            school_id,
            partnership_id,
            loop_no,
            round_no,
            invited_n,
            submitted_n,
            log_instrument_version_id,
            collection_mode
        from {{ rows_of('stg_log_count') }} as log_count
        union
        select
            school_id,
            partnership_id,
            loop_no,
            round_no,
            invited_n,
            submitted_n,
            log_instrument_version_id,
            collection_mode
        from {{ rows_of('stg_log_round') }} as log_round
    )
select
    school_id,
    partnership_id,
    loop_no,
    round_no,
    max(invited_n) as invited_n,
    max(submitted_n) as submitted_n,
    max(log_instrument_version_id) as log_instrument_version_id,
    max(collection_mode) as collection_mode
from round_of_either_file
group by school_id, partnership_id, loop_no, round_no
