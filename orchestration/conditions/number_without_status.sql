select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
from
    (
        {%- for relation in relations %}
            {{ "union all" if not loop.first }}
            select unit_id, indicator_id, period_type, period, status, value, numerator
            from gate.{{ relation }}
        {%- endfor %}
    ) as candidate
where
    status not in ('observed', 'stated_zero', 'provisional') and (value is not null or numerator is not null)
