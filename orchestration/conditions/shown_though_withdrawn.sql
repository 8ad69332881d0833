select distinct
    candidate.school_id
    || ' '
    || candidate.indicator_id
    || ' '
    || candidate.period_type
    || ' '
    || candidate.period
from
    (
        {%- for relation in relations %}
            {{ "union all" if not loop.first }}
            select school_id, indicator_id, period_type, period, status
            from gate.{{ relation }}
        {%- endfor %}
    ) as candidate
inner join published.withdrawal as withdrawal using (school_id, indicator_id, period_type, period)
where withdrawal.lifted_at is null and candidate.status in ('observed', 'stated_zero', 'provisional')
