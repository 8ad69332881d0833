{{ config(alias='instrument_item', tags=['candidate']) }}
-- grain: one row per school, version of the log form and item
-- depends_on: {{ ref('failed_control') }}
select
    school_id,
    log_instrument_id,
    log_instrument_version_id,
    item_id,
    theme,
    scale,
    answer_codes,
    wording_nb,
    wording_nn,
    wording_en,
    predecessor_version_id,
    predecessor_item_id,
    same_meaning
from {{ ref('stg_log_instrument') }}
