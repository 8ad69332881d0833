-- nothing vanishes between landed and staging, and nothing is told twice: each landed team loop is served
-- once where its delivery counts and no check holds it, and else not at all
-- depends_on: {{ ref('failed_control') }}
with
    landed as (
        select
            landed_row.school_id,
            landed_row.file_id,
            landed_row.row_number,
            exists (
                select 1
                from {{ ref('stg_current_delivery') }} as delivery
                where
                    delivery.school_id = landed_row.school_id
                    and delivery.partnership_id = landed_row.partnership_id
                    and delivery.file_type = 'team_loops'
                    and delivery.period = landed_row.period
                    and delivery.file_id = landed_row.file_id
            ) as is_current,
            exists (
                select 1
                from {{ source('landed', 'held_back_row') }} as held
                where
                    held.school_id = landed_row.school_id
                    and held.file_id = landed_row.file_id
                    and held.file_type = 'team_loops'
                    and held.row_number = landed_row.row_number
                    and held.stage = 'across'
            ) as is_held
        from {{ source('landed', 'team_loop') }} as landed_row
        where landed_row.school_id in (select school_id from staging.stg_changed_school)
    ),
    served as (
        select school_id, file_id, row_number, count(*) as times
        from {{ ref('stg_team_loop') }} as team_loop
        where school_id in (select school_id from staging.stg_changed_school)
        group by school_id, file_id, row_number
    )
select *
from landed
full outer join served using (school_id, file_id, row_number)
where
    coalesce(served.times, 0)
    is distinct from case when landed.is_current and not landed.is_held then 1 else 0 end
