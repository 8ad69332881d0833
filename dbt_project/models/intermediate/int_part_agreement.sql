-- grain: one row per school, partnership, loop or year, indicator A1–A6 and slice; a null numerator means
-- that it was not observed
with
    loop as (select * from {{ rows_of('int_loop') }} as loop),
    held_loop as (select * from loop where is_held),
    year as (select * from {{ rows_of('int_school_year') }} as school_year),
    plan as (select * from {{ rows_of('int_loops_against_plan') }} as plan),
    -- A1: what was completed against the plan in force at the end of each partnership year; what was not is
    -- told beside
    plan_value as (
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            only_clock,
            case when reading = 'so_far' then '{"reading": "cumulative"}' else '{}' end::jsonb as slice,
            case when is_in_sum then completed_n end as numerator,
            planned_loops as denominator,
            absence_of_plan as absence,
            provisional_on,
            nullif(concat_ws(' ', note, note_of_year), '') as note
        from plan
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            only_clock,
            jsonb_build_object('measure', beside.measure),
            case when is_counted then beside.loops_n end,
            null,
            absence,
            provisional_on,
            note
        from plan
        cross join
            lateral(values ('shortened', shortened_n), ('cancelled_agreed', cancelled_agreed_n)) as beside(
                measure, loops_n
            )
        where reading <> 'so_far'
    ),
    -- A2: each commitment as the party itself and the others say; neither is averaged away
    assessment as (
        select
            assessed.*,
            year.partnership_year_no,
            assessed.result in ('kept', 'partly', 'not_kept') as is_weighed,
            -- a side that has spoken, but weighed nothing, has no share
            case
                when
                    bool_or(assessed.result is not null) over side
                    and not coalesce(
                        bool_or(assessed.result in ('kept', 'partly', 'not_kept')) over side, false
                    )
                then 'not_applicable'
            end as absence
        from {{ rows_of('int_commitment_assessment') }} as assessed
        left join year using (school_id, partnership_id, school_year)
        window
            side as (
                partition by
                    assessed.school_id,
                    assessed.partnership_id,
                    assessed.school_year,
                    assessed.party,
                    assessed.assessor
            )
    ),
    both_assessed as (
        select
            own.school_id,
            own.partnership_id,
            own.school_year,
            own.partnership_year_no,
            own.party,
            own.result as own_result,
            other.result as other_result,
            own.result <> 'not_assessed' and other.result <> 'not_assessed' as have_both,
            own.result is not null and other.result is not null as have_spoken
        from assessment as own
        inner join
            assessment as other
            on own.school_id = other.school_id
            and own.partnership_id = other.partnership_id
            and own.school_year = other.school_year
            and own.agreement_id = other.agreement_id
            and own.version_no = other.version_no
            and own.commitment_no = other.commitment_no
        where own.assessor = 'own' and other.assessor = 'other'
    ),
    commitment_value as (
        -- one part for each commitment, so that coverage is of those that were agreed
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            null::text as budget_year,
            jsonb_build_object('party', party, 'assessor', assessor) as slice,
            case when is_weighed then (result = 'kept')::integer end as numerator,
            case when is_weighed then 1 end as denominator,
            absence
        from assessment
        union all
        -- what nobody has said is not known for as long as there is time to say it
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            null,
            jsonb_build_object('party', party, 'assessor', assessor, 'result', 'not_assessed'),
            case
                when result is not null or is_waited_for
                then (coalesce(result, 'not_assessed') = 'not_assessed')::integer
            end,
            null,
            null
        from assessment
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            null,
            jsonb_build_object('party', party, 'assessor', assessor, 'result', 'changed_by_agreement'),
            (result = 'changed_by_agreement')::integer,
            null,
            null
        from assessment
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            null,
            jsonb_build_object('party', party, 'assessor', 'both'),
            case when have_both then (own_result = other_result)::integer end,
            case when have_both then 1 end,
            case when have_spoken and not have_both then 'not_applicable' end
        from both_assessed
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            null,
            jsonb_build_object('party', party, 'assessor', 'both', 'result', 'disagreed'),
            case when have_both then (own_result <> other_result)::integer end,
            null,
            case when have_spoken and not have_both then 'not_applicable' end
        from both_assessed
        union all
        -- money follows the budget year, which is the calendar year of the assessment
        select
            school_id,
            partnership_id,
            null,
            null,
            extract(year from assessed_on)::int::text,
            jsonb_build_object('party', party, 'assessor', assessor, 'commitment_type', 'funding'),
            (result = 'kept')::integer,
            1,
            null
        from assessment
        where commitment_type = 'funding' and assessed_on is not null and is_weighed
    ),
    -- A3: amendments belong to the school year in which they took effect; one that does not say what it
    -- rests on is not known
    amendment as (select * from {{ rows_of('int_amendment') }} as amendment),
    amendment_value as (
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            is_grounded::integer as numerator,
            1 as denominator,
            null as absence,
            case when year_is_provisional then 'school_year' end as provisional_on
        from amendment
        union all
        -- a year of an agreement that nobody amended has no share, which is something else than not knowing
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            null,
            null,
            case when agreement.school_id is not null then 'not_applicable' end,
            null
        from year
        left join
            (
                select distinct school_id, partnership_id
                from {{ rows_of('stg_agreement_version') }} as version
            ) as agreement
            on year.school_id = agreement.school_id
            and year.partnership_id = agreement.partnership_id
        where
            not exists (
                select 1
                from amendment
                where
                    amendment.school_id = year.school_id
                    and amendment.partnership_id = year.partnership_id
                    and amendment.school_year = year.school_year
            )
    ),
    -- files that are said to be complete for a loop: nothing in them is then an answer
    complete as (
        select
            school_id,
            partnership_id,
            period::integer as loop_no,
            bool_or(file_type = 'meetings') as has_all_meetings,
            bool_or(file_type = 'team_loops') as has_all_team_loops
        from {{ rows_of('int_delivered_period') }} as delivered
        where period_type = 'loop' and completeness = 'complete'
        group by school_id, partnership_id, period
    ),
    -- A4: where teacher educators took part; the team loops of held loops that were cancelled are a mode of
    -- their own
    team_loop as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(*) filter (where status <> 'cancelled_agreed') as team_loops_n,
            count(*) filter (where is_cancelled) as cancelled_n,
            count(*) filter (where is_done and 'yes' in (te_in_planning, te_in_evaluation)) as in_team_n,
            count(*) filter (
                where
                    is_done
                    and 'yes' not in (te_in_planning, te_in_evaluation)
                    and 'offered_not_used' in (te_in_planning, te_in_evaluation)
            ) as offered_n,
            count(*) filter (
                where
                    is_done and te_in_planning = 'absent_by_design' and te_in_evaluation = 'absent_by_design'
            ) as by_design_n,
            count(*) filter (
                where
                    is_done
                    and 'yes' not in (te_in_planning, te_in_evaluation)
                    and 'offered_not_used' not in (te_in_planning, te_in_evaluation)
                    and not (te_in_planning = 'absent_by_design' and te_in_evaluation = 'absent_by_design')
            ) as absent_n,
            count(*) filter (where is_done and te_in_research_lesson = 'yes') as in_lesson_n
        from
            (
                select
                    *,
                    status in ('cancelled', 'not_participating') as is_cancelled,
                    status in ('completed', 'partly') as is_done
                from {{ rows_of('stg_team_loop') }} as delivered
            ) as delivered
        group by school_id, partnership_id, loop_no
    ),
    meeting as (select * from {{ rows_of('int_meeting') }} as meeting),
    loop_meeting as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            bool_or(
                meeting.arena = 'full_staff' and meeting.te_mode in ('led', 'took_part')
            ) as te_in_full_staff,
            count(*) filter (where meeting.arena = 'full_staff') as full_staff_n,
            count(*) filter (where meeting.arena = 'full_staff' and meeting.te_mode = 'led') as te_led_n,
            count(*) filter (
                where meeting.arena = 'full_staff' and meeting.te_mode = 'took_part'
            ) as te_took_part_n,
            count(*) filter (
                where meeting.arena = 'full_staff' and meeting.te_mode = 'absent_by_design'
            ) as te_by_design_n,
            count(*) filter (
                where meeting.arena = 'full_staff' and meeting.te_mode = 'absent'
            ) as te_absent_n,
            bool_or(
                meeting.loop_relation = 'after'
                and meeting.arena in ('development_group', 'leadership')
                and meeting.te_mode in ('led', 'took_part')
            ) as te_after_loop
        from held_loop as loop
        inner join meeting using (school_id, partnership_id, loop_no)
        group by loop.school_id, loop.partnership_id, loop.loop_no
    ),
    participation as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            told.slice,
            case when told.denominator > 0 then told.numerator end as numerator,
            told.denominator,
            case when told.denominator = 0 then 'not_applicable' end as absence
        from held_loop as loop
        left join team_loop using (school_id, partnership_id, loop_no)
        left join loop_meeting using (school_id, partnership_id, loop_no)
        left join complete using (school_id, partnership_id, loop_no)
        -- a complete list of meetings without one of the loop is an answer too
        cross join
            lateral(
                select
                    coalesce(
                        te_in_full_staff, case when complete.has_all_meetings then false end
                    ) as in_full_staff,
                    coalesce(te_after_loop, case when complete.has_all_meetings then false end) as after_loop,
                    coalesce(
                        full_staff_n, case when complete.has_all_meetings then 0 end
                    ) as staff_meetings_n,
                    coalesce(
                        team_loops_n, case when complete.has_all_team_loops then 0 end
                    ) as counted_teams_n
            ) as known
        cross join
            lateral(
                values
                    (
                        '{"arena": "team", "grain": "loop"}'::jsonb,
                        (in_team_n > 0)::integer::bigint,
                        least(counted_teams_n, 1)
                    ),
                    ('{"arena": "team", "grain": "team_loop"}', in_team_n, counted_teams_n),
                    (
                        '{"arena": "team", "grain": "team_loop", "mode": "offered_not_used"}',
                        offered_n,
                        counted_teams_n
                    ),
                    (
                        '{"arena": "team", "grain": "team_loop", "mode": "absent_by_design"}',
                        by_design_n,
                        counted_teams_n
                    ),
                    ('{"arena": "team", "grain": "team_loop", "mode": "absent"}', absent_n, counted_teams_n),
                    (
                        '{"arena": "team", "grain": "team_loop", "mode": "cancelled"}',
                        cancelled_n,
                        counted_teams_n
                    ),
                    (
                        '{"arena": "research_lesson", "grain": "loop"}',
                        (in_lesson_n > 0)::integer,
                        least(counted_teams_n, 1)
                    ),
                    ('{"arena": "research_lesson", "grain": "team_loop"}', in_lesson_n, counted_teams_n),
                    ('{"arena": "full_staff", "grain": "loop"}', in_full_staff::integer, 1),
                    (
                        '{"arena": "full_staff", "grain": "meeting", "mode": "led"}',
                        te_led_n,
                        staff_meetings_n
                    ),
                    (
                        '{"arena": "full_staff", "grain": "meeting", "mode": "took_part"}',
                        te_took_part_n,
                        staff_meetings_n
                    ),
                    (
                        '{"arena": "full_staff", "grain": "meeting", "mode": "absent_by_design"}',
                        te_by_design_n,
                        staff_meetings_n
                    ),
                    (
                        '{"arena": "full_staff", "grain": "meeting", "mode": "absent"}',
                        te_absent_n,
                        staff_meetings_n
                    ),
                    ('{"arena": "post_loop_meeting", "grain": "loop"}', after_loop::integer, 1)
            ) as told(slice, numerator, denominator)
        union all
        -- cancelled loops stand beside those that were held
        select
            school_id,
            partnership_id,
            loop_no,
            jsonb_build_object('arena', place.arena, 'grain', 'loop', 'mode', 'cancelled'),
            (status = 'cancelled')::integer,
            null,
            null
        from loop
        cross join
            (values ('team'), ('research_lesson'), ('full_staff'), ('post_loop_meeting')) as place(arena)
        where is_held or status = 'cancelled'
    ),
    -- loops in whose design a log or coding never was
    no_data_in_design as (
        select distinct school_id, partnership_id, period::integer as loop_no
        from {{ rows_of('int_delivered_period') }} as delivered
        where
            period_type = 'loop'
            and file_type in ('log_counts', 'coded_counts')
            and completeness = 'not_in_design'
    ),
    -- A5: loops without a data round leave the denominator, since there was nothing to return; so do those
    -- for which there is time left
    returned as (
        select
            mirror.school_id,
            mirror.partnership_id,
            mirror.loop_no,
            mirror.was_never_presented,
            mirror.days,
            mirror.days_in_arena,
            clock.only_clock,
            case
                when mirror.has_data and not mirror.is_open then mirror.was_in_time::integer
            end as numerator,
            case
                when case when mirror.has_data then mirror.is_open else mirror.has_all_data end
                then 'not_applicable'
                when not mirror.has_data and no_data_in_design.loop_no is not null
                then 'not_in_design'
            end as absence,
            clock.only_clock <> 'loop' and not coalesce(agreement_year.is_over, false) as is_provisional,
            case
                when not mirror.has_data
                then null
                when mirror.is_open
                then 'loop_not_over'
                when clock.only_clock <> 'loop' and not coalesce(agreement_year.is_over, false)
                then 'year_not_over'
            end as note
        from {{ rows_of('int_mirror_returned') }} as mirror
        cross join (values ('loop'), ('school_year'), ('partnership_year'), ('project')) as clock(only_clock)
        inner join loop using (school_id, partnership_id, loop_no)
        left join
            {{ rows_of('int_agreement_year') }} as agreement_year
            on mirror.school_id = agreement_year.school_id
            and mirror.partnership_id = agreement_year.partnership_id
            and loop.partnership_year_no = agreement_year.partnership_year_no
        left join
            no_data_in_design
            on mirror.school_id = no_data_in_design.school_id
            and mirror.partnership_id = no_data_in_design.partnership_id
            and mirror.loop_no = no_data_in_design.loop_no
    ),
    loop_value as (
        select
            school_id,
            partnership_id,
            loop_no,
            'A4' as indicator_id,
            slice,
            numerator,
            denominator,
            'sum' as aggregation,
            absence,
            null as only_clock,
            null as provisional_on,
            null as note
        from participation
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'A5',
            '{}',
            numerator,
            1,
            'sum',
            absence,
            only_clock,
            case when is_provisional then 'every_clock' end,
            note
        from returned
        union all
        -- what was never presented has no days
        select
            school_id,
            partnership_id,
            loop_no,
            'A5',
            '{"measure": "median_days"}',
            days,
            null,
            'median',
            case when was_never_presented then 'not_applicable' end,
            null,
            null,
            null
        from returned
        where only_clock = 'loop'
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'A5',
            jsonb_build_object('measure', 'median_days', 'arena', arena.key),
            arena.value::integer,
            null,
            'median',
            null,
            null,
            null,
            null
        from returned
        cross join lateral jsonb_each_text(days_in_arena) as arena
        where only_clock = 'loop'
    ),
    -- A6: what the agreement promises and the year's record says was provided
    provision as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            year.is_delivered,
            count(*) filter (where answer.provided = 'yes') as yes_n,
            count(*) filter (where answer.provided = 'partly') as partly_n,
            nullif(count(*) filter (where answer.provided in ('yes', 'partly', 'no')), 0) as agreed_n
        from year
        cross join
            lateral(
                values
                    (year.team_time_provided),
                    (year.dev_group_time_provided),
                    (year.substitute_cover_provided)
            ) as answer(provided)
        group by
            year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, year.is_delivered
    ),
    provision_value as (
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            told.slice,
            case when agreed_n is not null then told.numerator end as numerator,
            agreed_n as denominator,
            case when is_delivered and agreed_n is null then 'not_applicable' end as absence
        from provision
        cross join
            lateral(values ('{}'::jsonb, yes_n), ('{"measure": "partly"}', partly_n)) as told(
                slice, numerator
            )
    )
select
    value.school_id,
    value.partnership_id,
    loop.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    null::text as budget_year,
    value.indicator_id,
    value.slice,
    value.numerator::numeric as numerator,
    value.denominator::numeric as denominator,
    null::integer as n_respondents,
    value.absence,
    value.aggregation,
    null::text as comparison_family,
    value.only_clock,
    coalesce(
        value.provisional_on, case when loop.year_is_provisional then 'school_year' end
    ) as provisional_on,
    value.note
from loop_value as value
inner join loop using (school_id, partnership_id, loop_no)
union all
select
    school_id,
    partnership_id,
    null,
    school_year,
    partnership_year_no,
    null,
    'A1',
    slice,
    numerator,
    denominator,
    null,
    absence,
    'sum',
    null,
    only_clock,
    provisional_on,
    note
from plan_value
union all
select
    school_id,
    partnership_id,
    null,
    school_year,
    partnership_year_no,
    budget_year,
    'A2',
    slice,
    numerator,
    denominator,
    null,
    absence,
    'sum',
    null,
    case when budget_year is not null then 'budget_year' end,
    null,
    null
from commitment_value
union all
select
    school_id,
    partnership_id,
    null,
    school_year,
    partnership_year_no,
    null,
    'A3',
    '{}',
    numerator,
    denominator,
    null,
    absence,
    'sum',
    null,
    null,
    provisional_on,
    null
from amendment_value
union all
select
    school_id,
    partnership_id,
    null,
    school_year,
    partnership_year_no,
    null,
    'A6',
    slice,
    numerator,
    denominator,
    null,
    absence,
    'sum',
    null,
    null,
    null,
    null
from provision_value
