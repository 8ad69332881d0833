-- Checks whose newest result is not good.
select *
from
    (
        select distinct
            on (check_name, table_name) check_name,
            table_name,
            passed,
            rows_checked,
            rows_found,
            message_nb,
            message_nn,
            message_en
        from quality.check_result
        order by check_name, table_name, check_result_id desc
    ) as newest
where not passed
order by table_name, check_name
