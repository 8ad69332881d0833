with met as ({{ meetings_of_partnership }})
select row.school_id, row.file_id, row.row_number, row.minutes::text as value
from {{ rows }} as row
inner join met as own using (file_id, row_number)
where
    exists (
        select 1
        from met as other
        where
            other.school_id = own.school_id
            and other.of_partnership <> own.of_partnership
            -- told once, where it came second
            and other.file_id < own.file_id
            and '' not in (other.of_partnership, own.of_partnership)
            and other.meeting_id = own.meeting_id
            and other.meeting_date = own.meeting_date
            and other.arena = own.arena
            and (
                other.minutes <> own.minutes
                or other.teachers_n <> own.teachers_n
                or other.process_leaders_n <> own.process_leaders_n
                or other.leaders_n <> own.leaders_n
            )
    )
