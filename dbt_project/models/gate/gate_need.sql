{{ config(alias='need', tags=['candidate']) }}
-- grain: one row per school, partnership, school year and kind of need
-- depends_on: {{ ref('failed_control') }}
select school_id, partnership_id, school_year, need_type, text, stated_on
from {{ ref('stg_said_need') }}
