{{ config(indexes=[{'columns': ['school_id', 'partnership_id', 'version_no']}]) }}
-- Grain: one row per school, partnership, agreement and version.
select
    school_id,
    partnership_id,
    agreement_id,
    version_no,
    valid_from,
    valid_to,
    planned_years,
    change_reason,
    string_to_array(institution_ids, ' ') as institution_ids,
    min(valid_from) over (partition by school_id, partnership_id) as partnership_start,
    row_number() over (partition by school_id, partnership_id order by valid_from, version_no) > 1 as is_amendment,
    coalesce(assumed_columns, '') as assumed_columns,
    file_id,
    row_number
from {{ ref('staging__agreement_version') }}
where school_id in (select school_id from {{ ref('staging__changed_school') }})
