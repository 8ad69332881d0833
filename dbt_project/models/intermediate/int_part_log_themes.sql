-- grain: one row per school, partnership, loop, indicator L1–L3 and I4, item and answer; a loop without
-- answers to the theme is one row with an empty slice
with
    held_loop as (select * from {{ rows_of('int_loop') }} as loop where is_held),
    theme as (
        select *
        from
            (
                values ('L1', 'experience'), ('L2', 'benefit'), ('L3', 'te_participation'), ('I4', 'transfer')
            ) as theme(indicator_id, theme)
    ),
    -- an item keeps its first code as long as it means the same; with a new meaning it is another item
    item as (
        select
            item.school_id,
            item.log_instrument_version_id,
            item.item_id,
            item.origin_item_id,
            item.item_family,
            theme.indicator_id,
            answer.answer_code
        from {{ rows_of('int_log_item') }} as item
        inner join theme using (theme)
        cross join lateral unnest(string_to_array(item.answer_codes, ' ')) as answer(answer_code)
    ),
    answered as (
        select
            school_id, partnership_id, loop_no, log_instrument_version_id, item_id, answer_code, sum(n) as n
        from {{ rows_of('stg_log_count') }} as log_count
        where answer_code <> 'no_answer'
        group by school_id, partnership_id, loop_no, log_instrument_version_id, item_id, answer_code
    ),
    base as (
        select school_id, partnership_id, loop_no, log_instrument_version_id, item_id, sum(n) as answers_n
        from answered
        group by school_id, partnership_id, loop_no, log_instrument_version_id, item_id
    ),
    -- people, not answers: those who answered the item in the round in which most did
    respondents as (
        select school_id, partnership_id, loop_no, log_instrument_version_id, item_id, max(n) as n
        from
            (
                select
                    school_id,
                    partnership_id,
                    loop_no,
                    round_no,
                    log_instrument_version_id,
                    item_id,
                    sum(n) as n
                from {{ rows_of('stg_log_count') }} as log_count
                where answer_code <> 'no_answer'
                group by school_id, partnership_id, loop_no, round_no, log_instrument_version_id, item_id
            ) as by_round
        group by school_id, partnership_id, loop_no, log_instrument_version_id, item_id
    ),
    -- every answer the form offers is a row: nobody choosing it is a zero, not a gap
    distribution as (
        select
            base.school_id,
            base.partnership_id,
            base.loop_no,
            item.indicator_id,
            item.origin_item_id,
            item.item_family,
            item.answer_code,
            coalesce(answered.n, 0) as numerator,
            base.answers_n as denominator,
            respondents.n as people_n
        from base
        inner join item using (school_id, log_instrument_version_id, item_id)
        inner join respondents using (school_id, partnership_id, loop_no, log_instrument_version_id, item_id)
        left join
            answered using (
                school_id, partnership_id, loop_no, log_instrument_version_id, item_id, answer_code
            )
    ),
    -- loops of which all answers and the form were delivered
    log_told as (
        select school_id, partnership_id, period::integer as loop_no, true as is_told
        from {{ rows_of('int_delivered_period') }} as delivered
        where
            period_type = 'loop'
            and file_type in ('log_counts', 'log_instruments')
            and completeness = 'complete'
        group by school_id, partnership_id, period
        having count(*) = 2
    ),
    -- loops and years in which nobody answered anything on the theme
    unanswered as (
        select
            loop.school_id,
            loop.partnership_id,
            theme.indicator_id,
            clock.period_type,
            clock.loop_no,
            clock.school_year,
            clock.partnership_year_no,
            case when bool_and(coalesce(told.is_told, false)) then 'not_applicable' end as absence
        from held_loop as loop
        left join log_told as told using (school_id, partnership_id, loop_no)
        cross join theme
        cross join
            lateral(
                values
                    ('loop', loop.loop_no, null::text, null::integer),
                    ('school_year', null, loop.school_year, null),
                    ('partnership_year', null, null, loop.partnership_year_no),
                    ('project', null, null, null)
            ) as clock(period_type, loop_no, school_year, partnership_year_no)
        left join
            distribution
            on loop.school_id = distribution.school_id
            and loop.partnership_id = distribution.partnership_id
            and loop.loop_no = distribution.loop_no
            and theme.indicator_id = distribution.indicator_id
        group by
            loop.school_id,
            loop.partnership_id,
            theme.indicator_id,
            clock.period_type,
            clock.loop_no,
            clock.school_year,
            clock.partnership_year_no
        having count(distribution.loop_no) = 0
    ),
    part as (
        select
            distribution.school_id,
            distribution.partnership_id,
            loop.loop_no,
            loop.school_year,
            loop.partnership_year_no,
            null::text as budget_year,
            distribution.indicator_id,
            jsonb_build_object(
                'item', distribution.origin_item_id, 'answer', distribution.answer_code
            ) as slice,
            distribution.numerator::numeric as numerator,
            distribution.denominator::numeric as denominator,
            distribution.people_n::integer as n_respondents,
            null::text as absence,
            'sum'::text as aggregation,
            distribution.item_family as comparison_family,
            null::text as only_clock
        from distribution
        inner join held_loop as loop using (school_id, partnership_id, loop_no)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            school_year,
            partnership_year_no,
            null,
            indicator_id,
            '{}',
            null,
            null,
            null,
            absence,
            'sum',
            null,
            period_type
        from unanswered
    )
select part.*, case when loop.year_is_provisional then 'school_year' end as provisional_on, null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
