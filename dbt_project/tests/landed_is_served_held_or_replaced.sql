-- nothing vanishes between landed and staging: each landed team loop is served, held by a check, or replaced by a later delivery
with changed as (
    select school_id from staging.stg_changed_school
),
counted as (
    select
        (select count(*) from {{ source('landed', 'team_loop') }} where school_id in (select school_id from changed)) as landed,
        (select count(*) from {{ ref('stg_team_loop') }} where school_id in (select school_id from changed)) as served,
        (
            select count(*) from {{ source('landed', 'team_loop') }} as landed_row
            where landed_row.school_id in (select school_id from changed) and not exists (
                select 1 from {{ ref('stg_current_delivery') }} as delivery
                where delivery.school_id = landed_row.school_id and delivery.file_type = 'team_loops'
                    and delivery.period = landed_row.period and delivery.file_id = landed_row.file_id
            )
        ) as replaced,
        (
            select count(*) from {{ source('landed', 'held_back_row') }} as held
            inner join {{ ref('stg_current_delivery') }} as delivery using (school_id, file_type, file_id)
            where held.school_id in (select school_id from changed) and held.stage = 'across' and held.file_type = 'team_loops'
        ) as held
)
select * from counted where landed <> served + replaced + held
