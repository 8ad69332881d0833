{{ config(alias='past_atom') }}
-- grain: as published.past_atom, under the codes that the same things go by now: every state in which a
-- school's people were ever shown, to anybody
-- named, not referred to: releases, and what schools see ahead of them, write it down
select
    past.look_no,
    past.school_id,
    coalesce(renamed.partnership_id_now, past.partnership_id) as partnership_id,
    past.indicator_id,
    coalesce(renamed.definition_version_now, past.definition_version) as definition_version,
    past.period_type,
    coalesce(renamed.period_now, past.period) as period,
    coalesce(renamed.question_now, past.question) as question,
    coalesce(renamed.family_now, past.family) as family,
    past.answer,
    past.x,
    past.base
from published.past_atom as past
left join
    {{ ref('gate_renamed') }} as renamed using (
        school_id, partnership_id, indicator_id, definition_version, period_type, period, question, family
    )
