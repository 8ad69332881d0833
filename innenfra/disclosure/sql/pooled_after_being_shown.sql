select member.school_id || ' ' || member.indicator_id || ' ' || member.period_type || ' ' || member.period
from gate.membership as member
inner join
    gate.shown_before as before
    on before.unit_level = 'school'
    and before.unit_id = member.school_id
    and before.partnership_id = member.partnership_id
    and before.indicator_id = member.indicator_id
    and before.definition_version = member.definition_version
    and before.period_type = member.period_type
    and before.period = member.period
    and before.question = member.question
    and before.family = member.family
where member.atom_level = 'pool'
