{{ config(alias='agreement_plan_year', tags=['candidate']) }}
-- grain: one row per school, partnership, agreement, version and partnership year
-- depends_on: {{ ref('failed_control') }}
select school_id, partnership_id, agreement_id, version_no, partnership_year_no, planned_loops
from {{ ref('stg_agreement_plan_year') }}
