-- where people's answers pass the gate; wider periods are sums of what passed
select value.unit_id || ' ' || value.indicator_id || ' ' || value.period_type || ' ' || value.period
from gate.indicator_value as value
inner join
    gate.atom as atom
    on value.unit_level = atom.unit_level
    and value.unit_id = atom.unit_id
    and value.partnership_id = atom.partnership_id
    and value.indicator_id = atom.indicator_id
    and value.definition_version = atom.definition_version
    and value.period_type = atom.period_type
    and value.period = atom.period
    and value.slice = atom.slice
cross join (select edge from marts.disclosure_policy order by policy_version desc limit 1) as policy
where
    value.gate_reason = 'respondents'
    and value.unit_level = 'school'
    and value.status in ('observed', 'stated_zero', 'provisional')
    and (value.numerator < policy.edge or value.numerator > value.denominator - policy.edge)
