select row.school_id, row.file_id, row.row_number, row.teams_represented_n::text as value
from {{ rows }} as row
where
    exists (select 1 from {{ team }} as team where team.school_id = row.school_id)
    and row.teams_represented_n > (
        select count(distinct team.team_id)
        from {{ team }} as team
        where
            team.school_id = row.school_id
            and row.meeting_date >= team.valid_from
            and (team.valid_to is null or row.meeting_date <= team.valid_to)
    )
