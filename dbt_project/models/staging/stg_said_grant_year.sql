-- grain: one row per school owner, budget year, scheme, partnership and who tells: what was told last, in a
-- file or in the app
-- named, not referred to: people write in the app, and a release must see what was written a moment ago
with
    said as (
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
            'file' as written_in,
            0 as told_no
        from {{ ref('stg_register_grant_year') }}
        union all
        select
            owner_id,
            budget_year,
            scheme_code,
            partnership_id,
            reported_by,
            reported_by_id,
            written_at::date,
            decided_on,
            granted,
            needs_year_1,
            needs_year_2,
            needs_year_3,
            own_share_time,
            own_share_substitutes,
            own_share_money,
            coordinator,
            'app',
            grant_year_id
        from dialogue.grant_year
    )
select distinct
    on (owner_id, budget_year, scheme_code, partnership_id, reported_by, reported_by_id)
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
from said
order by
    owner_id,
    budget_year,
    scheme_code,
    partnership_id,
    reported_by,
    reported_by_id,
    reported_on desc,
    told_no desc
