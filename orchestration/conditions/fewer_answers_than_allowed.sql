select unit_id || ' ' || indicator_id || ' ' || period_type || ' ' || period
from gate.indicator_value
cross join (select k_school from marts.disclosure_policy order by policy_version desc limit 1) as policy
where
    gate_reason = 'respondents'
    and status in ('observed', 'stated_zero', 'provisional')
    and (n_respondents is null or n_respondents < policy.k_school)
