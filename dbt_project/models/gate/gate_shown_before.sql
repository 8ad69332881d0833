{{ config(alias='shown_before') }}
-- grain: as published.released_atom, under the codes that the same things go by now: what earlier releases
-- showed of people's answers
-- named, not referred to: releases write it down
{%- set codes = ['definition_version', 'question', 'family'] %}
with
    of_pool as (
        -- a pool is renamed where all its schools are
        select distinct
            on (
                member.pool_id,
                member.indicator_id,
                member.definition_version,
                member.school_year,
                member.question,
                member.family
            )
            member.pool_id,
            member.indicator_id,
            member.definition_version,
            member.school_year,
            member.question,
            member.family,
            renamed.definition_version_now,
            renamed.question_now,
            renamed.family_now
        from published.pool_member as member
        inner join
            {{ ref('gate_renamed') }} as renamed using (
                school_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                question,
                family
            )
        order by
            member.pool_id,
            member.indicator_id,
            member.definition_version,
            member.school_year,
            member.question,
            member.family,
            renamed.family_now
    ),
    renamed as (
        select
            released.*,
            coalesce(school.partnership_id_now, released.partnership_id) as partnership_id_now,
            coalesce(school.period_now, released.period) as period_now,
            coalesce(school.school_year_now, released.school_year) as school_year_now,
            {% for code in codes -%}
                coalesce(
                    school.{{ code }}_now, of_pool.{{ code }}_now, released.{{ code }}
                ) as {{ code }}_now,
            {% endfor -%}
            school.school_id is not null or of_pool.pool_id is not null as is_renamed
        from published.released_atom as released
        left join
            {{ ref('gate_renamed') }} as school
            on released.unit_level = 'school'
            and released.unit_id = school.school_id
            and released.partnership_id = school.partnership_id
            and released.indicator_id = school.indicator_id
            and released.definition_version = school.definition_version
            and released.period_type = school.period_type
            and released.period = school.period
            and released.question = school.question
            and released.family = school.family
        left join
            of_pool
            on released.unit_level = 'pool'
            and released.unit_id = of_pool.pool_id
            and released.indicator_id = of_pool.indicator_id
            and released.definition_version = of_pool.definition_version
            and released.period = of_pool.school_year
            and released.question = of_pool.question
            and released.family = of_pool.family
    )
-- codes that something else goes by now are that other thing's
select distinct
    on (
        unit_level,
        unit_id,
        partnership_id_now,
        indicator_id,
        definition_version_now,
        period_type,
        period_now,
        question_now,
        family_now,
        answer
    )
    unit_level,
    unit_id,
    partnership_id_now as partnership_id,
    indicator_id,
    definition_version_now as definition_version,
    period_type,
    period_now as period,
    question_now as question,
    family_now as family,
    answer,
    disclosure,
    school_year_now as school_year,
    n,
    schools_n,
    x,
    base,
    bound,
    is_rest,
    shown_x,
    safe_x,
    release_id,
    lineage,
    from_day,
    to_day,
    is_renamed
from renamed
order by
    unit_level,
    unit_id,
    partnership_id_now,
    indicator_id,
    definition_version_now,
    period_type,
    period_now,
    question_now,
    family_now,
    answer,
    is_renamed desc
