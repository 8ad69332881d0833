select row.school_id, row.file_id, row.row_number, row.team_id as value
from {{ rows }} as row
where
    not exists (
        select 1
        from {{ team_loop }} as team_loop
        where
            team_loop.school_id = row.school_id
            and team_loop.partnership_id = row.partnership_id
            and team_loop.loop_no = row.loop_no
            and team_loop.team_id = row.team_id
    )
