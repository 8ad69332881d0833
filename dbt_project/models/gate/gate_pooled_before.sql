{{ config(alias='pooled_before') }}
-- grain: as published.pool_member, under the codes that the same things go by now: who is in a pool that
-- was shown
-- named, not referred to: releases write it down
select distinct
    on (school_id, indicator_id, period_type, 2, 4, 6, 7, 8)
    member.school_id,
    coalesce(renamed.partnership_id_now, member.partnership_id) as partnership_id,
    member.indicator_id,
    coalesce(renamed.definition_version_now, member.definition_version) as definition_version,
    member.period_type,
    coalesce(renamed.period_now, member.period) as period,
    coalesce(renamed.question_now, member.question) as question,
    coalesce(renamed.family_now, member.family) as family,
    coalesce(renamed.school_year_now, member.school_year) as school_year,
    member.pool_id,
    member.release_id,
    member.lineage,
    member.from_day,
    member.to_day,
    renamed.school_id is not null as is_renamed
from published.pool_member as member
left join
    {{ ref('gate_renamed') }} as renamed using (
        school_id, partnership_id, indicator_id, definition_version, period_type, period, question, family
    )
order by school_id, indicator_id, period_type, 2, 4, 6, 7, 8, is_renamed desc
