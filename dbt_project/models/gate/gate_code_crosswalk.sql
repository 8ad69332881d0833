{{ config(alias='code_crosswalk', tags=['candidate']) }}
-- grain: one row per school, codebook version and code, and the version and code it answers to
-- depends_on: {{ ref('failed_control') }}
select school_id, from_codebook_version_id, from_code, to_codebook_version_id, to_code, relation, reviewed
from {{ ref('stg_code_crosswalk') }}
