update published.past_atom as past
set partnership_id = renamed.partnership_id_now,
    definition_version = renamed.definition_version_now,
    period = renamed.period_now,
    question = renamed.question_now,
    family = renamed.family_now
from gate.renamed
where
    past.school_id = renamed.school_id
    and past.partnership_id = renamed.partnership_id
    and past.indicator_id = renamed.indicator_id
    and past.definition_version = renamed.definition_version
    and past.period_type = renamed.period_type
    and past.period = renamed.period
    and past.question = renamed.question
    and past.family = renamed.family
