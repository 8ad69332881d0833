{{ config(alias='codebook', tags=['candidate']) }}
-- grain: one row per school, codebook version and code
-- depends_on: {{ ref('failed_control') }}
select school_id, codebook_id, codebook_version_id, code, category, level, canonical_code, label_nb
from {{ ref('stg_codebook') }}
