{{ config(materialized='table') }}
-- grain: one row per school that must be counted anew: its deliveries, what registers say about it, or the
-- models themselves changed since the last build, or a day came on which something open is settled
{%- set before = as_built_before('marts', 'built_school') %}
with
    delivered as (
        select school_id, max(file_id) as last_file_id, count(*) as deliveries_n
        from {{ ref('stg_delivery') }}
        group by school_id
    ),
    held_back as (
        select school_id, count(*) as held_back_n
        from {{ source('landed', 'held_back_row') }}
        where stage = 'across'
        group by school_id
    ),
    -- what registers say about the school itself; that a day has come changes what is in force
    register_of_school as (
        select school_id, md5(string_agg(said, '|' order by said)) as said
        from
            (
                select school_id, school::text || (valid_from <= current_date) as said
                from {{ ref('stg_register_school') }} as school
                union all
                select member.school_id, member::text || partnership::text
                from {{ ref('stg_register_partnership_school') }} as member
                inner join {{ ref('stg_register_partnership') }} as partnership using (partnership_id)
            ) as about_school
        group by school_id
    ),
    -- what they say that may move any school: changes of municipalities and owners, and schools that follow
    -- others
    register_of_all as (
        select md5(string_agg(said, '|' order by said)) as said
        from
            (
                select change::text || (changed_on <= current_date) as said
                from {{ ref('stg_register_municipality_change') }} as change
                union all
                select change::text || (changed_on <= current_date)
                from {{ ref('stg_register_owner_succession') }} as change
                union all
                select
                    change::text
                    || (changed_on <= current_date)
                    || coalesce(follower::text || (follower.valid_from <= current_date), '')
                from {{ ref('stg_register_school_succession') }} as change
                left join
                    {{ ref('stg_register_school') }} as follower on change.to_school_id = follower.school_id
            ) as about_all
    ),
    now as (
        select
            delivered.school_id,
            concat_ws(
                '/', delivered.last_file_id, delivered.deliveries_n, held_back.held_back_n
            ) as deliveries,
            md5(concat_ws('/', register_of_school.said, register_of_all.said)) as registers,
            '{{ var("models_version") }}'::text as models_version,
            today.as_of
        from delivered
        cross join {{ ref('stg_as_of') }} as today
        cross join register_of_all
        left join held_back using (school_id)
        left join register_of_school using (school_id)
    )
{%- if before %}
    select now.*
    from now
    left join {{ before }} as built using (school_id)
    where
        (built.deliveries, built.registers, built.models_version)
        is distinct from (now.deliveries, now.registers, now.models_version)
        or now.as_of > built.open_until
        or now.as_of < built.as_of
{%- else %} select * from now
{%- endif %}
