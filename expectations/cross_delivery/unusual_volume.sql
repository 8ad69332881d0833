with
    latest as (
        select school_id, partnership_id, period, file_id, rows_landed
        from quality.current_delivery
        where file_type = '{{ file_type }}' and rows_landed > 0
    ),
    of_the_run as (
        select
            now.school_id,
            now.period,
            now.file_id,
            now.rows_landed,
            (
                select percentile_cont(0.5) within group (order by before.rows_landed)
                from latest as before
                where
                    before.school_id = now.school_id
                    and before.partnership_id = now.partnership_id
                    and (length(before.period), before.period) < (length(now.period), now.period)
                having count(*) >= {{ periods_before }}
            ) as usual
        from latest as now
        where now.file_id in (select file_id from {{ rows }} as row)
    )
select
    row.school_id,
    row.file_id,
    min(row.row_number) as row_number,
    format('%s (%s)', max(of_the_run.rows_landed), max(of_the_run.usual)) as value
from of_the_run
inner join {{ rows }} as row using (school_id, file_id, period)
where
    of_the_run.rows_landed > {{ times_the_usual }} * of_the_run.usual
    or of_the_run.rows_landed * {{ times_the_usual }} < of_the_run.usual
group by row.school_id, row.file_id, row.period
