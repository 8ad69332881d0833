{{ config(alias='grant_year', tags=['candidate']) }}
-- grain: one row per school owner, budget year, scheme, partnership and who tells: what was told last
-- depends_on: {{ ref('failed_control') }}
select
    owner_id,
    budget_year,
    scheme_code,
    partnership_id,
    reported_by,
    reported_by_id,
    reported_on,
    decided_on,
    granted,
    needs_year_1,
    needs_year_2,
    needs_year_3,
    own_share_time,
    own_share_substitutes,
    own_share_money,
    coordinator,
    written_in
from {{ ref('stg_said_grant_year') }}
