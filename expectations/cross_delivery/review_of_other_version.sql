with
    year as (
        select
            row.*,
            make_date(left(row.school_year, 4)::int, 8, 1) as starts_on,
            make_date(left(row.school_year, 4)::int + 1, 7, 31) as ends_on
        from {{ rows }} as row
    )
select year.school_id, year.file_id, year.row_number, year.version_no::text as value
from year
where
    year.version_no <> (
        select version.version_no
        from {{ agreement_version }} as version
        where
            version.school_id = year.school_id
            and version.agreement_id = year.agreement_id
            and version.valid_from <= year.ends_on
            and coalesce(version.valid_to >= year.starts_on, true)
        order by version.valid_from desc, version.file_id desc
        limit 1
    )
