{{ config(alias='renamed') }}
-- grain: one row per thing that was asked and told in an earlier release and goes by other codes now: its
-- codes then and now
-- named, not referred to: published.released_atom and published.pool_member hold what earlier releases showed
-- found again by school, indicator and days, and by the question that it goes back to; a sender may have
-- renamed everything else
{%- set codes = ['partnership_id', 'definition_version', 'period', 'question', 'family'] %}
with
    told as (
        select distinct
            on (
                school_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                question,
                family
            )
            *
        from
            (
                select
                    unit_id as school_id,
                    partnership_id,
                    indicator_id,
                    definition_version,
                    period_type,
                    period,
                    question,
                    family,
                    school_year,
                    lineage,
                    from_day,
                    to_day
                from published.released_atom
                where unit_level = 'school'
                union all
                select
                    school_id,
                    partnership_id,
                    indicator_id,
                    definition_version,
                    period_type,
                    period,
                    question,
                    family,
                    school_year,
                    lineage,
                    from_day,
                    to_day
                from published.pool_member
            ) as either
        order by
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            question,
            family,
            from_day
    ),
    told_no as (select told.*, row_number() over () as then_no from told where from_day is not null),
    asked_no as (select asked.*, row_number() over () as now_no from {{ ref('gate_asked') }} as asked),
    -- what could be the same, the likeliest first: the same question, on most of its days, under the same
    -- codes
    likely as (
        select
            told.then_no,
            asked.now_no,
            row(
                told.lineage <> asked.lineage,
                2 * (least(told.to_day, asked.to_day) - greatest(told.from_day, asked.from_day))
                < asked.to_day - asked.from_day,
                {% for code in codes -%} told.{{ code }} <> asked.{{ code }}, {% endfor -%}
                abs(told.from_day - asked.from_day),
                asked.partnership_id,
                asked.period,
                asked.question::text,
                asked.family
            ) as unlikeness,
            row(
                told.lineage <> asked.lineage,
                2 * (least(told.to_day, asked.to_day) - greatest(told.from_day, asked.from_day))
                < asked.to_day - asked.from_day,
                {% for code in codes -%} told.{{ code }} <> asked.{{ code }}, {% endfor -%}
                abs(told.from_day - asked.from_day),
                told.partnership_id,
                told.period,
                told.question::text,
                told.family
            ) as unlikeness_back
        from told_no as told
        inner join asked_no as asked using (school_id, indicator_id, period_type)
        where told.from_day <= asked.to_day and asked.from_day <= told.to_day
    ),
    ranked as (
        select
            then_no,
            now_no,
            row_number() over (partition by then_no order by unlikeness) as nth_now,
            row_number() over (partition by now_no order by unlikeness_back) as nth_then
        from likely
    ),
    same as (select then_no, now_no from ranked where nth_now = 1 and nth_then = 1),
    -- what is left of a school year goes together in order
    left_then as (
        select
            then_no,
            school_id,
            indicator_id,
            period_type,
            school_year,
            row_number() over (
                partition by school_id, indicator_id, period_type, school_year
                order by from_day, question::text, family, partnership_id
            ) as nth
        from told_no
        where not exists (select 1 from same where same.then_no = told_no.then_no)
    ),
    left_now as (
        select
            now_no,
            school_id,
            indicator_id,
            period_type,
            school_year,
            row_number() over (
                partition by school_id, indicator_id, period_type, school_year
                order by from_day, question::text, family, partnership_id
            ) as nth
        from asked_no
        where not exists (select 1 from same where same.now_no = asked_no.now_no)
    ),
    matched as (
        select then_no, now_no
        from same
        union all
        select left_then.then_no, left_now.now_no
        from left_then
        inner join left_now using (school_id, indicator_id, period_type, school_year, nth)
    )
select
    told.school_id,
    told.indicator_id,
    told.period_type,
    told.partnership_id,
    told.definition_version,
    told.period,
    told.question,
    told.family,
    {% for code in codes -%} asked.{{ code }} as {{ code }}_now, {% endfor -%}
    asked.school_year as school_year_now
from matched
inner join told_no as told using (then_no)
inner join asked_no as asked using (now_no)
where
    ({% for code in codes %}told.{{ code }}{{ ', ' if not loop.last }}{% endfor %})
    <> ({% for code in codes %}asked.{{ code }}{{ ', ' if not loop.last }}{% endfor %})
