with
    year as ({{ school_years_of_partnership }}),
    loops as (
        select school_id, partnership_id, school_year, min(partnership_year_no) as partnership_year_no
        from {{ loop }} as loop
        group by school_id, partnership_id, school_year
        having min(partnership_year_no) = max(partnership_year_no)
    )
select distinct row.school_id, row.file_id, row.row_number, row.partnership_year_no::text as value
from {{ rows }} as row
inner join year using (school_id, file_id, row_number)
inner join loops on row.school_id = loops.school_id and row.school_year = loops.school_year
where
    row.partnership_year_no <> loops.partnership_year_no and year.of_partnership in ('', loops.partnership_id)
