delete from published.released_atom as before
using published.pool_member as member
inner join
    gate.renamed using (
        school_id, partnership_id, indicator_id, definition_version, period_type, period, question, family
    )
where
    before.unit_level = 'pool'
    and before.unit_id = member.pool_id
    and before.indicator_id = member.indicator_id
    and before.definition_version = member.definition_version
    and before.period = member.school_year
    and before.question = member.question
    and before.family = member.family
