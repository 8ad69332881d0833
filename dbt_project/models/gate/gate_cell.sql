{{ config(alias='cell') }}
-- grain: one row per school, partnership, indicator, version, finest period, question and answer that rests
-- on people; never shown
-- depends_on: {{ ref('failed_control') }}
with
    answered as (
        select value.*, measure.split_by
        from {{ ref('indicator_value') }} as value
        inner join
            {{ ref('indicator_measure') }} as measure
            on value.indicator_id = measure.indicator_id
            and value.definition_version = measure.definition_version
            and value.slice @> measure.slice::jsonb
            and value.period_type = measure.counted_per
        where
            measure.disclosure <> 'structural'
            and {{ carries_number('value.status') }}
            and value.denominator > 0
    ),
    institutions_of_partnership as (
        select partnership_id, string_agg(distinct party_id, '+' order by party_id) as institutions
        from {{ ref('stg_register_partnership_party') }}
        where party_type = 'institution'
        group by partnership_id
    ),
    -- where the school was at the end of the school year, and where it is today
    place as (
        select
            school_id,
            school_year,
            max(municipality_no) filter (where structure = 'as_it_was') as municipality_no,
            max(municipality_no) filter (where structure = 'today') as municipality_today
        from {{ ref('int_school_place') }}
        group by school_id, school_year
    )
select
    answered.school_id,
    answered.partnership_id,
    answered.indicator_id,
    answered.definition_version,
    answered.disclosure,
    answered.period_type,
    answered.period,
    answered.school_year,
    coalesce(loop.partnership_year_no, year.partnership_year_no)::text as partnership_year,
    block.year_block,
    answered.slice - 'answer' as question,
    -- a part of a breakdown, and the question that it is a part of
    answered.split_by is not null and answered.slice ? answered.split_by as is_part,
    answered.slice - 'answer' - coalesce(answered.split_by, '') as whole_question,
    coalesce(answered.slice ->> 'answer', '') as answer,
    coalesce(answered.comparison_family, '') as family,
    -- people, not answers: the largest round, and never more than answered this
    least(coalesce(answered.n_respondents, answered.denominator), answered.denominator)::integer as n,
    answered.numerator as x,
    answered.denominator as base,
    place.municipality_no,
    place.municipality_today,
    institutions_of_partnership.institutions
from answered
left join place using (school_id, school_year)
left join institutions_of_partnership using (partnership_id)
left join {{ ref('gate_year_block') }} as block using (school_year)
left join
    {{ ref('int_loop') }} as loop
    on answered.period_type = 'loop'
    and answered.school_id = loop.school_id
    and answered.partnership_id = loop.partnership_id
    and answered.period = loop.loop_no::text
left join
    {{ ref('int_school_year') }} as year
    on answered.period_type = 'school_year'
    and answered.school_id = year.school_id
    and answered.partnership_id = year.partnership_id
    and answered.period = year.school_year
