-- grain: one row per school, partnership, loop or school year, indicator E1–E5 and slice; a null numerator means that it was not observed
with completed_loop as (
    select * from {{ rows_of('int_loop') }} as loop where is_completed
),
year as (
    select * from {{ rows_of('int_school_year') }} as school_year
),
delivered_type as (
    select distinct school_id, file_type from {{ rows_of('stg_current_delivery') }} as delivery where rows_landed > 0
),
-- E1: decisions of the partnership in which they were delivered
decision as (
    select
        decided.school_id, decided.partnership_id, decided.decision_id, decided.proposed_by, decided.decided_by,
        dated.school_year, dated.year_is_provisional, year.partnership_year_no
    from {{ rows_of('stg_decision') }} as decided
    inner join {{ rows_of('int_dated_row') }} as dated
        on decided.school_id = dated.school_id and decided.partnership_id = dated.partnership_id
        and decided.file_id = dated.file_id and decided.row_number = dated.row_number and dated.file_type = 'decisions'
    left join year
        on dated.school_id = year.school_id and dated.partnership_id = year.partnership_id and dated.school_year = year.school_year
),
decision_of_year as (
    select
        school_id, partnership_id, school_year,
        count(*) filter (where decided_by <> 'unknown') as decider_known_n,
        count(*) filter (where decided_by in ('teachers', 'process_leaders', 'development_group', 'leadership', 'full_staff', 'joint')) as decided_by_practitioners_n,
        count(*) filter (where proposed_by <> 'unknown') as proposer_known_n,
        count(*) filter (where proposed_by in ('teachers', 'process_leaders', 'development_group', 'leadership', 'full_staff', 'joint')) as proposed_by_practitioners_n
    from decision
    group by 1, 2, 3
),
year_value as (
    select school_id, partnership_id, school_year, partnership_year_no, 'E1' as indicator_id, '{"measure": "decided_by_practitioners"}'::jsonb as slice,
        case when decider_known_n > 0 then decided_by_practitioners_n end as numerator, nullif(decider_known_n, 0) as denominator, 'origin_codes' as comparison_family
    from year left join decision_of_year using (school_id, partnership_id, school_year)
    union all
    select school_id, partnership_id, school_year, partnership_year_no, 'E1', '{"measure": "proposed_by_practitioners"}',
        case when proposer_known_n > 0 then proposed_by_practitioners_n end, nullif(proposer_known_n, 0), 'origin_codes'
    from year left join decision_of_year using (school_id, partnership_id, school_year)
    union all
    select school_id, partnership_id, school_year, partnership_year_no, 'E1', jsonb_build_object('proposed_by', proposed_by, 'decided_by', decided_by), count(*), null, 'origin_codes'
    from decision
    group by school_id, partnership_id, school_year, partnership_year_no, proposed_by, decided_by
),
-- E2: who led, counted per activity; a meeting of several activities has several leaders
led_activity as (
    select meeting.school_id, meeting.partnership_id, meeting.school_year, meeting.arena, activity.led_by
    from {{ rows_of('stg_meeting_activity') }} as activity
    inner join {{ rows_of('int_meeting') }} as meeting using (school_id, partnership_id, meeting_id)
    where activity.led_by is not null and activity.led_by <> 'unknown' and meeting.school_year is not null
),
led as (
    select year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, role.led_by,
        count(led_activity.led_by) as known_n,
        count(led_activity.led_by) filter (where led_activity.led_by = role.led_by) as led_n
    from year
    cross join (values ('leadership'), ('process_leader'), ('teacher_no_formal_role'), ('teacher_educator'), ('joint'), ('structure_or_tool')) as role (led_by)
    left join led_activity using (school_id, partnership_id, school_year)
    group by 1, 2, 3, 4, 5
),
-- the same in each arena that has led activities
led_in_arena as (
    select
        year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, led_activity.arena, role.led_by,
        count(*) as known_n,
        count(*) filter (where led_activity.led_by = role.led_by) as led_n
    from year
    inner join led_activity using (school_id, partnership_id, school_year)
    cross join (values ('leadership'), ('process_leader'), ('teacher_no_formal_role'), ('teacher_educator'), ('joint'), ('structure_or_tool')) as role (led_by)
    group by 1, 2, 3, 4, 5, 6
),
log_round as (
    select school_id, partnership_id, loop_no, sum(submitted_n) as submitted_n, sum(invited_n) as invited_n, max(submitted_n) as respondents_n
    from {{ rows_of('int_log_round') }} as delivered
    group by 1, 2, 3
),
-- E4: what people answered when they were asked whether they know themselves again
checked as (
    select
        member_check.school_id, member_check.partnership_id, dated.school_year, dated.year_is_provisional, year.partnership_year_no,
        member_check.object_type, member_check.outcome, member_check.revised
    from {{ rows_of('stg_member_check') }} as member_check
    inner join {{ rows_of('int_dated_row') }} as dated
        on member_check.school_id = dated.school_id and member_check.partnership_id = dated.partnership_id
        and member_check.file_id = dated.file_id and member_check.row_number = dated.row_number and dated.file_type = 'member_checks'
    left join year
        on dated.school_id = year.school_id and dated.partnership_id = year.partnership_id and dated.school_year = year.school_year
),
check_value as (
    select school_id, partnership_id, school_year, partnership_year_no, jsonb_build_object('outcome', outcome.outcome) as slice,
        count(*) filter (where checked.outcome = outcome.outcome) as numerator, count(*) as denominator
    from checked
    cross join (values ('recognised'), ('partly'), ('not_recognised'), ('no_response')) as outcome (outcome)
    group by 1, 2, 3, 4, outcome.outcome
    union all
    select school_id, partnership_id, school_year, partnership_year_no, jsonb_build_object('outcome', outcome.outcome, 'object_type', object_type),
        count(*) filter (where checked.outcome = outcome.outcome), count(*)
    from checked
    cross join (values ('recognised'), ('partly'), ('not_recognised'), ('no_response')) as outcome (outcome)
    group by 1, 2, 3, 4, object_type, outcome.outcome
    union all
    select school_id, partnership_id, school_year, partnership_year_no, '{"measure": "revised"}',
        case when count(*) filter (where outcome in ('not_recognised', 'partly')) > 0 then count(*) filter (where outcome in ('not_recognised', 'partly') and revised = 'yes') end,
        nullif(count(*) filter (where outcome in ('not_recognised', 'partly')), 0)
    from checked
    group by 1, 2, 3, 4
),
-- E5: tools that were brought in at least one loop ago, and which of them were later used without a teacher educator
tool as (
    select
        school_id, code,
        partnership_id,
        min(first_loop_no) filter (where note_type = 'tool_introduction') as brought_in_loop,
        min(first_loop_no) filter (where note_type = 'tool_use' and without_te = 'yes') as used_alone_loop
    from {{ rows_of('stg_note') }} as note
    where note_type in ('tool_introduction', 'tool_use')
    group by 1, 2, 3
    -- a tool that the practitioners chose not to use leaves the count: to reject is legitimate
    having not coalesce(bool_or(rejected_by_practitioners = 'yes'), false)
),
tool_of_loop as (
    select
        loop.school_id, loop.partnership_id, loop.loop_no,
        count(*) as brought_n,
        count(*) filter (where tool.used_alone_loop > tool.brought_in_loop and tool.used_alone_loop <= loop.loop_no) as used_n
    from completed_loop as loop
    inner join tool on loop.school_id = tool.school_id and loop.partnership_id = tool.partnership_id and tool.brought_in_loop < loop.loop_no
    group by 1, 2, 3
),
-- tools add up from loop to loop: a year shows where its last loop stands
tool_of_year as (
    select distinct on (loop.school_id, loop.partnership_id, loop.school_year)
        loop.school_id, loop.partnership_id, loop.school_year, loop.partnership_year_no, tool_of_loop.used_n, tool_of_loop.brought_n
    from completed_loop as loop
    inner join tool_of_loop using (school_id, partnership_id, loop_no)
    order by loop.school_id, loop.partnership_id, loop.school_year, loop.loop_no desc
),
part as (
    select
        loop.school_id, loop.partnership_id, loop.loop_no, loop.school_year, loop.partnership_year_no, null::text as budget_year, 'E3' as indicator_id, '{}'::jsonb as slice,
        log_round.submitted_n::numeric as numerator, log_round.invited_n::numeric as denominator, log_round.respondents_n::integer as n_respondents, null::text as absence,
        'sum'::text as aggregation, null::text as comparison_family, null::text as only_clock
    from completed_loop as loop
    left join log_round using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, null, school_year, partnership_year_no, null, indicator_id, slice, numerator, denominator, null, null, 'sum', comparison_family, null from year_value
    union all
    select school_id, partnership_id, null, school_year, partnership_year_no, null, 'E2', jsonb_build_object('led_by', led_by),
        case when known_n > 0 then led_n end, nullif(known_n, 0), null, null, 'sum', 'leader_roles', null
    from led
    union all
    select school_id, partnership_id, null, school_year, partnership_year_no, null, 'E2', jsonb_build_object('led_by', led_by, 'arena', arena), led_n, known_n, null, null, 'sum', 'leader_roles', null
    from led_in_arena
    union all
    select school_id, partnership_id, null, school_year, partnership_year_no, null, 'E4', slice, numerator, denominator, null, null, 'sum', null, null from check_value
    union all
    select year.school_id, year.partnership_id, null, year.school_year, year.partnership_year_no, null, 'E5', '{}'::jsonb, tool_of_year.used_n, tool_of_year.brought_n, null,
        case when tool_of_year.brought_n is null and delivered_type.school_id is not null then 'not_applicable' end, 'last', 'tool_codes', null
    from year
    left join tool_of_year using (school_id, partnership_id, school_year)
    left join delivered_type on year.school_id = delivered_type.school_id and delivered_type.file_type = 'notes'
)
select
    part.*,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
