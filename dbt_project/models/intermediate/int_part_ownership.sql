-- grain: one row per school, partnership, loop or school year, indicator E1–E5 and slice; a null numerator
-- means that it was not observed
with
    held_loop as (select * from {{ rows_of('int_loop') }} as loop where is_held),
    year as (select * from {{ rows_of('int_school_year') }} as school_year),
    said_of_year as (
        select school_id, partnership_id, period as school_year, file_type, completeness as said
        from {{ rows_of('int_delivered_period') }} as delivered
        where period_type = 'school_year'
    ),
    -- E1: decisions of the partnership in which they were delivered
    decision as (
        select
            decided.school_id,
            decided.partnership_id,
            decided.decision_id,
            decided.proposed_by,
            decided.decided_by,
            dated.school_year,
            dated.year_is_provisional,
            year.partnership_year_no
        from {{ rows_of('stg_decision') }} as decided
        inner join
            {{ rows_of('int_dated_row') }} as dated
            on decided.school_id = dated.school_id
            and decided.partnership_id = dated.partnership_id
            and decided.file_id = dated.file_id
            and decided.row_number = dated.row_number
            and dated.file_type = 'decisions'
        left join
            year
            on dated.school_id = year.school_id
            and dated.partnership_id = year.partnership_id
            and dated.school_year = year.school_year
    ),
    decision_of_year as (
        select
            school_id,
            partnership_id,
            school_year,
            count(*) filter (where decided_by <> 'unknown') as decider_known_n,
            count(*) filter (
                where
                    decided_by in (
                        'teachers',
                        'process_leaders',
                        'development_group',
                        'leadership',
                        'full_staff',
                        'joint'
                    )
            ) as decided_by_practitioners_n,
            count(*) filter (where proposed_by <> 'unknown') as proposer_known_n,
            count(*) filter (
                where
                    proposed_by in (
                        'teachers',
                        'process_leaders',
                        'development_group',
                        'leadership',
                        'full_staff',
                        'joint'
                    )
            ) as proposed_by_practitioners_n
        from decision
        group by school_id, partnership_id, school_year
    ),
    -- decisions that were delivered as complete, and were none, are decided by nobody
    year_value as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            'E1' as indicator_id,
            share.slice::jsonb as slice,
            case when share.known_n > 0 then share.practitioners_n end as numerator,
            nullif(share.known_n, 0) as denominator,
            'origin_codes' as comparison_family,
            case
                when said.said = 'complete' or decided.school_id is not null then 'not_applicable'
            end as absence
        from year
        left join decision_of_year as decided using (school_id, partnership_id, school_year)
        left join
            said_of_year as said
            on year.school_id = said.school_id
            and year.partnership_id = said.partnership_id
            and year.school_year = said.school_year
            and said.file_type = 'decisions'
        cross join
            lateral(
                values
                    (
                        '{"measure": "decided_by_practitioners"}',
                        decided.decider_known_n,
                        decided.decided_by_practitioners_n
                    ),
                    (
                        '{"measure": "proposed_by_practitioners"}',
                        decided.proposer_known_n,
                        decided.proposed_by_practitioners_n
                    )
            ) as share(slice, known_n, practitioners_n)
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            'E1',
            jsonb_build_object('proposed_by', proposed_by, 'decided_by', decided_by),
            count(*),
            null,
            'origin_codes',
            null
        from decision
        group by school_id, partnership_id, school_year, partnership_year_no, proposed_by, decided_by
    ),
    -- E2: who led, counted per activity; a meeting of several activities has several leaders
    led_activity as (
        select
            meeting.school_id,
            meeting.partnership_id,
            meeting.school_year,
            meeting.year_is_provisional,
            meeting.arena,
            activity.led_by
        from {{ rows_of('stg_meeting_activity') }} as activity
        inner join {{ rows_of('int_meeting') }} as meeting using (school_id, partnership_id, meeting_id)
        where activity.led_by is not null and activity.led_by <> 'unknown' and meeting.school_year is not null
    ),
    nothing_done as (
        select said.school_id, said.partnership_id, said.school_year
        from said_of_year as said
        where
            said.file_type in ('meetings', 'meeting_activities')
            and said.said = 'complete'
            and not exists (
                select 1
                from {{ rows_of('int_meeting') }} as meeting
                where
                    meeting.school_id = said.school_id
                    and meeting.partnership_id = said.partnership_id
                    and meeting.school_year = said.school_year
                    and meeting.activities_n > 0
            )
        group by said.school_id, said.partnership_id, said.school_year
        having count(*) = 2
    ),
    led as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            role.led_by,
            count(led_activity.led_by) as known_n,
            count(led_activity.led_by) filter (where led_activity.led_by = role.led_by) as led_n,
            -- all meetings and what was done in them are told, and it was nothing
            case when told.school_year is not null then 'not_applicable' end as absence
        from year
        cross join
            (
                values
                    ('leadership'),
                    ('process_leader'),
                    ('teacher_no_formal_role'),
                    ('teacher_educator'),
                    ('joint'),
                    ('structure_or_tool')
            ) as role(led_by)
        left join led_activity using (school_id, partnership_id, school_year)
        left join nothing_done as told using (school_id, partnership_id, school_year)
        group by
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            role.led_by,
            told.school_year
    ),
    -- the same in each arena that has led activities
    led_in_arena as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            led_activity.arena,
            role.led_by,
            count(*) as known_n,
            count(*) filter (where led_activity.led_by = role.led_by) as led_n
        from year
        inner join led_activity using (school_id, partnership_id, school_year)
        cross join
            (
                values
                    ('leadership'),
                    ('process_leader'),
                    ('teacher_no_formal_role'),
                    ('teacher_educator'),
                    ('joint'),
                    ('structure_or_tool')
            ) as role(led_by)
        group by
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            led_activity.arena,
            role.led_by
    ),
    log_round as (
        select
            school_id,
            partnership_id,
            loop_no,
            sum(submitted_n) as submitted_n,
            sum(invited_n) as invited_n,
            max(submitted_n) as respondents_n
        from {{ rows_of('int_log_round') }} as delivered
        group by school_id, partnership_id, loop_no
    ),
    -- E4: what people answered when they were asked whether they know themselves again
    checked as (
        select
            member_check.school_id,
            member_check.partnership_id,
            dated.school_year,
            dated.year_is_provisional,
            year.partnership_year_no,
            member_check.object_type,
            member_check.outcome,
            member_check.revised
        from {{ rows_of('stg_member_check') }} as member_check
        inner join
            {{ rows_of('int_dated_row') }} as dated
            on member_check.school_id = dated.school_id
            and member_check.partnership_id = dated.partnership_id
            and member_check.file_id = dated.file_id
            and member_check.row_number = dated.row_number
            and dated.file_type = 'member_checks'
        left join
            year
            on dated.school_id = year.school_id
            and dated.partnership_id = year.partnership_id
            and dated.school_year = year.school_year
    ),
    check_value as (
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            jsonb_build_object('outcome', outcome.outcome) as slice,
            count(*) filter (where checked.outcome = outcome.outcome) as numerator,
            count(*) as denominator,
            null::text as absence
        from checked
        cross join
            (values ('recognised'), ('partly'), ('not_recognised'), ('no_response')) as outcome(outcome)
        group by school_id, partnership_id, school_year, partnership_year_no, outcome.outcome
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            jsonb_build_object('outcome', outcome.outcome, 'object_type', object_type),
            count(*) filter (where checked.outcome = outcome.outcome),
            count(*),
            null
        from checked
        cross join
            (values ('recognised'), ('partly'), ('not_recognised'), ('no_response')) as outcome(outcome)
        group by school_id, partnership_id, school_year, partnership_year_no, object_type, outcome.outcome
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            '{"measure": "revised"}',
            -- whether it was revised is not known where nobody said so
            case
                when count(revised) filter (where outcome in ('not_recognised', 'partly')) > 0
                then count(*) filter (where outcome in ('not_recognised', 'partly') and revised = 'yes')
            end,
            nullif(count(revised) filter (where outcome in ('not_recognised', 'partly')), 0),
            -- nothing that was not recognised could be revised
            case
                when count(*) filter (where outcome in ('not_recognised', 'partly')) = 0 then 'not_applicable'
            end
        from checked
        group by school_id, partnership_id, school_year, partnership_year_no
    ),
    -- E5: tools that teacher educators brought in at least one held loop ago, as both parties noted
    tool as (
        select
            school_id,
            partnership_id,
            code,
            min(first_loop_no) filter (
                where
                    note_type = 'tool_introduction'
                    and agreed_by_both = 'yes'
                    and introduced_by is distinct from 'practitioners'
            ) as brought_in_loop,
            array_agg(first_loop_no) filter (
                where note_type = 'tool_use' and agreed_by_both = 'yes' and without_te = 'yes'
            ) as used_alone_loops
        from {{ rows_of('stg_note') }} as note
        where note_type in ('tool_introduction', 'tool_use')
        group by school_id, partnership_id, code
        -- a tool that the practitioners chose not to use leaves the count, whoever noted it: to reject is
        -- legitimate
        having not coalesce(bool_or(rejected_by_practitioners = 'yes'), false)
    ),
    tool_of_loop as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            count(*) as brought_n,
            count(*) filter (
                where
                    exists (
                        select 1
                        from unnest(tool.used_alone_loops) as used(loop_no)
                        where used.loop_no > tool.brought_in_loop and used.loop_no <= loop.loop_no
                    )
            ) as used_n
        from held_loop as loop
        inner join
            tool
            on loop.school_id = tool.school_id
            and loop.partnership_id = tool.partnership_id
            and tool.brought_in_loop < loop.loop_no
        group by loop.school_id, loop.partnership_id, loop.loop_no
    ),
    -- tools add up from loop to loop: a year shows where its last loop stands
    tool_of_year as (
        select distinct
            on (loop.school_id, loop.partnership_id, loop.school_year)
            loop.school_id,
            loop.partnership_id,
            loop.school_year,
            loop.partnership_year_no,
            tool_of_loop.used_n,
            tool_of_loop.brought_n
        from held_loop as loop
        inner join tool_of_loop using (school_id, partnership_id, loop_no)
        order by loop.school_id, loop.partnership_id, loop.school_year, loop.loop_no desc
    ),
    tool_value as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            -- that a tool was not used is known only where the notes were delivered for the year
            case when tool.used_n > 0 or said.said = 'complete' then tool.used_n end as numerator,
            tool.brought_n as denominator,
            case when tool.brought_n is null and said.said = 'complete' then 'not_applicable' end as absence
        from year
        left join tool_of_year as tool using (school_id, partnership_id, school_year)
        left join
            said_of_year as said
            on year.school_id = said.school_id
            and year.partnership_id = said.partnership_id
            and year.school_year = said.school_year
            and said.file_type = 'notes'
    ),
    -- what holds a row that only the row itself puts in its year: in all, and in the arena or kind of
    -- object it is of
    year_in_doubt as (
        select school_id, partnership_id, school_year, 'E1' as indicator_id, '' as about
        from decision
        where year_is_provisional
        union
        select school_id, partnership_id, school_year, 'E2', about.about
        from led_activity
        cross join lateral(values (''), (arena)) as about(about)
        where year_is_provisional
        union
        select school_id, partnership_id, school_year, 'E4', about.about
        from checked
        cross join lateral(values (''), (object_type)) as about(about)
        where year_is_provisional
        union
        -- a year's tools stand where its last held loop does
        select school_id, partnership_id, school_year, 'E5', ''
        from held_loop
        where year_is_provisional
    ),
    part as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            loop.school_year,
            loop.partnership_year_no,
            'E3' as indicator_id,
            '{}'::jsonb as slice,
            log_round.submitted_n::numeric as numerator,
            log_round.invited_n::numeric as denominator,
            log_round.respondents_n::integer as n_respondents,
            case
                when log_round.loop_no is null and said.completeness = 'complete' then 'not_applicable'
            end as absence,
            'sum' as aggregation,
            null::text as comparison_family,
            loop.year_is_provisional
        from held_loop as loop
        left join log_round using (school_id, partnership_id, loop_no)
        left join
            {{ rows_of('int_delivered_period') }} as said
            on loop.school_id = said.school_id
            and loop.partnership_id = said.partnership_id
            and said.file_type = 'log_counts'
            and said.period_type = 'loop'
            and said.period = loop.loop_no::text
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            indicator_id,
            slice,
            numerator,
            denominator,
            null,
            absence,
            'sum',
            comparison_family,
            null
        from year_value
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            'E2',
            jsonb_build_object('led_by', led_by),
            case when known_n > 0 then led_n end,
            nullif(known_n, 0),
            null,
            absence,
            'sum',
            'leader_roles',
            null
        from led
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            'E2',
            jsonb_build_object('led_by', led_by, 'arena', arena),
            led_n,
            known_n,
            null,
            null,
            'sum',
            'leader_roles',
            null
        from led_in_arena
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            'E4',
            slice,
            numerator,
            denominator,
            null,
            absence,
            'sum',
            null,
            null
        from check_value
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            'E5',
            '{}',
            numerator,
            denominator,
            null,
            absence,
            'last',
            'tool_codes',
            null
        from tool_value
    )
select
    part.school_id,
    part.partnership_id,
    part.loop_no,
    part.school_year,
    part.partnership_year_no,
    null::text as budget_year,
    part.indicator_id,
    part.slice,
    part.numerator,
    part.denominator,
    part.n_respondents,
    part.absence,
    part.aggregation,
    part.comparison_family,
    null::text as only_clock,
    case
        when part.year_is_provisional then 'school_year' when doubt.school_id is not null then 'school_year'
    end as provisional_on,
    null::text as note
from part
left join
    year_in_doubt as doubt
    on part.school_id = doubt.school_id
    and part.partnership_id = doubt.partnership_id
    and part.school_year = doubt.school_year
    and part.indicator_id = doubt.indicator_id
    and doubt.about = coalesce(part.slice ->> 'arena', part.slice ->> 'object_type', '')
