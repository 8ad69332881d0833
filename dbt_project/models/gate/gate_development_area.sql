{{ config(alias='development_area', tags=['candidate']) }}
-- grain: one row per school, partnership and development area
-- depends_on: {{ ref('failed_control') }}
select school_id, partnership_id, area_id, scope, origin, origin_agreed_by_both, first_loop_no, last_loop_no
from {{ ref('stg_development_area') }}
