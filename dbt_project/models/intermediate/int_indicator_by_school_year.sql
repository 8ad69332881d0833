-- grain: one row per school, partnership, school year, indicator and slice
with year as (
    select year.*, member.partnership_id
    from {{ ref('stg_school_year') }} as year
    inner join (select distinct school_id, partnership_id from {{ ref('stg_agreement_version') }}) as member using (school_id)
),
provision as (
    select year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, answer.provided
    from year
    cross join lateral (values (team_time_provided), (dev_group_time_provided), (substitute_cover_provided)) as answer (provided)
    where answer.provided <> 'not_in_agreement'
)
select school_id, partnership_id, school_year, partnership_year_no, 'A6' as indicator_id, '{}'::jsonb as slice,
    count(*) filter (where provided = 'yes')::numeric as numerator, count(*)::numeric as denominator
from provision group by 1, 2, 3, 4
union all
select school_id, partnership_id, school_year, partnership_year_no, 'A6', '{"measure": "partly"}',
    count(*) filter (where provided = 'partly'), count(*)
from provision group by 1, 2, 3, 4
union all
select school_id, partnership_id, school_year, partnership_year_no, 'I1', '{"plan": "activity_plan"}', (in_activity_plan = 'yes')::int, 1 from year
union all
select school_id, partnership_id, school_year, partnership_year_no, 'I1', '{"plan": "meeting_plan"}', (in_meeting_plan = 'yes')::int, 1 from year
union all
select school_id, partnership_id, school_year, partnership_year_no, 'I2', '{"measure": "held"}', (onboarding_held = 'yes')::int, 1 from year where onboarding_held is distinct from 'not_planned'
union all
-- too few new staff to say who came: the count is not formed at all
select school_id, partnership_id, school_year, partnership_year_no, 'I2', '{"measure": "attended"}',
    case when new_staff_n >= 5 then onboarding_attended_n end, case when new_staff_n >= 5 then new_staff_n end
from year
