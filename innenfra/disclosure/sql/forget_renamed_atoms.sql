delete from published.released_atom as before
using gate.renamed
where
    before.unit_level = 'school'
    and before.unit_id = renamed.school_id
    and before.partnership_id = renamed.partnership_id
    and before.indicator_id = renamed.indicator_id
    and before.definition_version = renamed.definition_version
    and before.period_type = renamed.period_type
    and before.period = renamed.period
    and before.question = renamed.question
    and before.family = renamed.family
