{{ config(alias='grant_year', tags=['candidate']) }}
-- grain: one row per school owner, budget year, scheme, partnership and who tells: what was told last, and
-- who follows the owner today
-- depends_on: {{ ref('failed_control') }}
with recursive
    told as (select * from {{ ref('stg_said_grant_year') }}),
    change as (
        select from_owner_id, to_owner_id, changed_on
        from {{ ref('stg_register_owner_succession') }}
        where changed_on <= current_date
    ),
    -- what became of the owner: a change leads on to all that it made
    later as (
        select distinct owner_id, owner_id as at_id, '-infinity'::date as from_day
        from told
        union
        select later.owner_id, change.to_owner_id, change.changed_on
        from later
        inner join
            change
            on later.at_id = change.from_owner_id
            and change.changed_on = (
                select min(next.changed_on)
                from change as next
                where next.from_owner_id = later.at_id and next.changed_on > later.from_day
            )
    ),
    -- an owner that was split is followed by several together: nothing is shared out
    owner_today as (
        select owner_id, string_agg(distinct at_id, '+' order by at_id) as owner_today
        from later
        where
            not exists (
                select 1
                from change as next
                where next.from_owner_id = later.at_id and next.changed_on > later.from_day
            )
        group by owner_id
    ),
    owner_name as (
        select distinct on (owner_id) owner_id, name as owner_name
        from {{ ref('stg_register_school_owner') }}
        order by owner_id, valid_from desc
    )
select
    told.owner_id,
    owner_name.owner_name,
    owner_today.owner_today,
    told.budget_year,
    told.scheme_code,
    told.partnership_id,
    told.reported_by,
    told.reported_by_id,
    told.reported_on,
    told.decided_on,
    told.granted,
    told.needs_year_1,
    told.needs_year_2,
    told.needs_year_3,
    told.own_share_time,
    told.own_share_substitutes,
    told.own_share_money,
    told.coordinator,
    told.written_in
from told
inner join owner_today using (owner_id)
left join owner_name using (owner_id)
