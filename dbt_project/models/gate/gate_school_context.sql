{{ config(alias='school_context', tags=['candidate']) }}
-- grain: one row per school, partnership and school year
-- depends_on: {{ ref('failed_control') }}
select school_id, partnership_id, school_year, principal_changed, concurrent_initiatives_n, onboarding_by
from {{ ref('stg_school_year') }}
