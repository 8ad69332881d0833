-- grain: one row per school, partnership and loop: how many of its team loops are told, completed and let off
with
    delivered as (
        select school_id, partnership_id, period::integer as loop_no, completeness
        from {{ rows_of('int_delivered_period') }} as delivered
        where period_type = 'loop' and file_type = 'team_loops'
    ),
    told as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(*) as told_n,
            count(*) filter (where status = 'completed') as completed_teams_n,
            count(*) filter (where status = 'cancelled_agreed') as let_off_n
        from {{ rows_of('stg_team_loop') }} as team_loop
        group by school_id, partnership_id, loop_no
    ),
    counted as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            coalesce(told.told_n, 0) as told_n,
            coalesce(told.completed_teams_n, 0) as completed_teams_n,
            coalesce(told.let_off_n, 0) as let_off_n,
            coalesce(delivered.completeness in ('partial', 'delayed'), false) as is_partly_delivered,
            coalesce(delivered.completeness = 'complete', false) as is_whole
        from {{ rows_of('int_loop') }} as loop
        left join told using (school_id, partnership_id, loop_no)
        left join delivered using (school_id, partnership_id, loop_no)
    )
select
    school_id,
    partnership_id,
    loop_no,
    told_n,
    completed_teams_n,
    let_off_n,
    is_partly_delivered,
    -- rows count whatever is said of their file; that there are none is an answer only of a complete file
    told_n > 0 or is_whole as is_told,
    -- where all is told and no team completed the loop, a share of the completed ones is a share of nothing
    case
        when completed_teams_n > 0
        then null
        when is_whole or (told_n > 0 and not is_partly_delivered)
        then 'not_applicable'
    end as absence_of_completed
from counted
