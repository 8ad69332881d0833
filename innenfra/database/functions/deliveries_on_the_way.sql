-- what was sent and is not in the present release: refused and not sent anew, or not yet counted
select
    file.file_id,
    file.school_id,
    part.file_type,
    part.school_year,
    part.loop_no,
    file.file_name,
    file.received_on,
    case when file.status = 'rejected' then 'rejected' else 'in_work' end
from inbox.file as file
left join quality.run as run on run.run_id = file.checked_by_run
cross join
    lateral(
        select delivery.file_type, delivery.school_year, delivery.loop_no
        from inbox.delivery as delivery
        where delivery.file_id = file.file_id
        union
        -- of a refused file, what its rows say of themselves
        select
            held.file_type,
            held.row_values::jsonb ->> 'school_year',
            case
                when held.row_values::jsonb ->> 'loop_no' ~ '^[0-9]{1,4}$'
                then (held.row_values::jsonb ->> 'loop_no')::integer
            end
        from landed.held_back_row as held
        where held.file_id = file.file_id and file.status = 'rejected'
        union
        select finding.file_type, null, null
        from quality.finding as finding
        where
            finding.file_id = file.file_id
            and file.status = 'rejected'
            and finding.file_type <> 'manifest'
            and not exists (
                select 1
                from landed.held_back_row as held
                where held.file_id = file.file_id and held.file_type = finding.file_type
            )
    ) as part
where
    file.school_id = any(authz.visible_schools() || authz.invited_schools())
    and case
        when file.status = 'rejected'
        then
            not exists (
                select 1
                from inbox.delivery as later
                where
                    later.school_id = file.school_id
                    and later.file_type = part.file_type
                    and later.file_id > file.file_id
            )
        else
            not exists (
                select 1
                from published.release as release
                where release.state = 'published' and release.released_at >= run.finished_at
            )
    end
