with
    delay as (
        select
            delivery.school_id,
            delivery.school_year,
            min(file.received_on - make_date(left(delivery.school_year, 4)::int + 1, 7, 31)) as days,
            min(delivery.file_id) as file_id
        from inbox.delivery as delivery
        inner join inbox.file as file using (file_id)
        where
            delivery.file_type = '{{ file_type }}'
            and delivery.rows_landed > 0
            and delivery.school_year is not null
        group by delivery.school_id, delivery.school_year
    ),
    of_the_run as (
        select
            now.school_id,
            now.school_year,
            now.file_id,
            now.days,
            (
                select max(before.days)
                from delay as before
                where
                    before.school_id = now.school_id
                    and before.school_year < now.school_year
                    and before.file_id < now.file_id
                having count(*) >= {{ periods_before }}
            ) as longest
        from delay as now
        where now.file_id in (select file_id from {{ rows }} as row)
    )
select
    row.school_id,
    row.file_id,
    min(row.row_number) as row_number,
    format('%s (%s)', max(of_the_run.days), max(of_the_run.longest)) as value
from of_the_run
inner join inbox.delivery as delivery using (school_id, file_id, school_year)
inner join
    {{ rows }} as row
    on row.school_id = delivery.school_id
    and row.file_id = delivery.file_id
    and row.period = delivery.period
where delivery.file_type = '{{ file_type }}' and of_the_run.days > of_the_run.longest + {{ days_later }}
group by row.school_id, row.file_id
