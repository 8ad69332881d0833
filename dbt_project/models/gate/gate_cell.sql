{{ config(alias='cell') }}
-- grain: one row per school, partnership, indicator, version, finest period, question and answer that rests on people; never shown
with answered as (
    select value.*, measure.free_keys
    from {{ ref('indicator_value') }} as value
    inner join {{ ref('indicator_measure') }} as measure
        on value.indicator_id = measure.indicator_id and value.definition_version = measure.definition_version
        and value.slice @> measure.slice::jsonb and value.period_type = measure.counted_per
    where measure.disclosure <> 'structural' and value.status in ('observed', 'stated_zero') and value.denominator > 0
),
institutions_of_partnership as (
    select partnership_id, string_agg(distinct party_id, '+' order by party_id) as institutions
    from {{ ref('stg_register_partnership_party') }}
    where party_type = 'institution'
    group by 1
),
-- where the school was at the end of the school year, and where it is today
place as (
    select distinct on (asked.school_id, asked.school_year)
        asked.school_id, asked.school_year, school.municipality_no, today.municipality_no as municipality_today
    from (select distinct school_id, school_year from answered) as asked
    inner join {{ ref('stg_register_school') }} as school
        on asked.school_id = school.school_id and school.valid_from <= make_date(left(asked.school_year, 4)::integer + 1, 7, 31)
    cross join lateral (
        select newest.municipality_no from {{ ref('stg_register_school') }} as newest where newest.school_id = asked.school_id order by newest.valid_from desc limit 1
    ) as today
    order by asked.school_id, asked.school_year, school.valid_from desc
)
select
    answered.school_id, answered.partnership_id, answered.indicator_id, answered.definition_version, answered.disclosure,
    answered.period_type, answered.period, answered.school_year,
    answered.slice - 'answer' as question, coalesce(answered.slice ->> 'answer', '') as answer, coalesce(answered.comparison_family, '') as family,
    -- people, not answers: the largest round, and never more than answered this
    least(coalesce(answered.n_respondents, answered.denominator), answered.denominator)::integer as n,
    answered.numerator as x, answered.denominator as base,
    place.municipality_no, place.municipality_today, institutions_of_partnership.institutions
from answered
left join place using (school_id, school_year)
left join institutions_of_partnership using (partnership_id)
