with
    held as (select distinct period_type, period from gate.indicator_value where school_id = %(school)s),
    newest as (select period_type, max(length(period) || period) as last from held group by period_type)
    insert into dialogue.member_check(school_id, release_id, period_type, period, by_subject, answer)
select %(school)s, 1, period_type, period, %(issuer)s || '|school|' || %(school)s, 'recognised'
from held
inner join newest using (period_type)
where
    length(held.period) || held.period < newest.last
    and held.period_type <> 'loop'
    or held.period_type = 'loop'
    and held.period not in (
        select loop_no::text
        from intermediate.int_loop
        where
            school_id = %(school)s
            and school_year = (select substr(last, 2) from newest where period_type = 'school_year')
    )
order by period_type, period
