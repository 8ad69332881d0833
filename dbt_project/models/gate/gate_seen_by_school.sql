{{ config(alias='seen_by_school', materialized='view') }}
-- grain: one row per member check, and one per school for the newest release whose time of looking through
-- has run out
-- named, not referred to: people write these tables in the app, and a release must see what was written a
-- moment ago
with
    policy as (select member_check_days from authz.access_policy order by policy_version desc limit 1),
    run_out as (
        select max(release.release_id) as release_id
        from published.release as release
        cross join policy
        where
            release.state = 'published'
            and release.released_at + make_interval(days => policy.member_check_days) <= now()
    )
select member_check_id, school_id, release_id, indicator_id, period_type, period, seen_on, answer, comment
from dialogue.member_check
union all
select 0 as member_check_id, school.school_id, run_out.release_id, null, null, null, null, 'no_response', null
from {{ ref('gate_school') }} as school
cross join run_out
where run_out.release_id is not null
