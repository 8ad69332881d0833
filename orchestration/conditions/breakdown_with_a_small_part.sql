select distinct
    member.school_id || ' ' || member.indicator_id || ' ' || member.period_type || ' ' || member.period
from gate.membership as member
inner join
    gate.cell as cell using (
        school_id,
        partnership_id,
        indicator_id,
        definition_version,
        period_type,
        period,
        whole_question,
        family
    )
cross join (select k_school from marts.disclosure_policy order by policy_version desc limit 1) as policy
where
    member.is_part
    and cell.is_part
    and cell.n between 1 and policy.k_school - 1
    -- one that was shown whole before stays, and is the whole of what passed
    and not exists (
        select 1
        from gate.shown_before as before
        where
            before.unit_level = 'school'
            and before.unit_id = member.school_id
            and before.partnership_id = member.partnership_id
            and before.indicator_id = member.indicator_id
            and before.definition_version = member.definition_version
            and before.period_type = member.period_type
            and before.period = member.period
            and before.question <> member.whole_question
    )
