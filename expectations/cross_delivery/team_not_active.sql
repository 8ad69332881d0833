select row.school_id, row.file_id, row.row_number, row.team_id as value
from {{ rows }} as row
where
    exists (select 1 from {{ team }} as team where team.school_id = row.school_id)
    and exists (
        select 1
        from {{ loop }} as loop
        where
            loop.school_id = row.school_id
            and loop.partnership_id = row.partnership_id
            and loop.loop_no = row.loop_no
    )
    and not exists (
        select 1
        from {{ loop }} as loop
        inner join {{ team }} as team using (school_id)
        where
            loop.school_id = row.school_id
            and loop.partnership_id = row.partnership_id
            and loop.loop_no = row.loop_no
            and team.team_id = row.team_id
            and loop.planned_start >= team.valid_from
            and (team.valid_to is null or loop.planned_start <= team.valid_to)
    )
