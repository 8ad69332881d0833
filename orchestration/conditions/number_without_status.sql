select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
from
    (
        select unit_id, indicator_id, period_type, period, status, value, numerator
        from gate.indicator_value
        union all
        select unit_id, indicator_id, period_type, period, status, value, numerator
        from gate.shown_value
        union all
        select unit_id, indicator_id, period_type, period, status, value, numerator
        from gate.unit_value
    ) as candidate
where
    status not in ('observed', 'stated_zero', 'provisional') and (value is not null or numerator is not null)
