-- grain: one row per school, partnership, meeting that another of its partnerships delivered too (the same
-- id,
-- date and arena), indicator and slice: what it adds to the number of a school year
with
    shared as (
        select *
        from
            (
                select *, count(*) over (partition by school_id, meeting_id, meeting_date, arena) as times_n
                from {{ rows_of('int_meeting') }} as meeting
            ) as delivered
        where times_n > 1
    ),
    loop as (select * from {{ rows_of('int_loop') }} as loop),
    counted as (
        select
            shared.school_id,
            shared.partnership_id,
            shared.meeting_id,
            shared.meeting_date,
            shared.loop_no,
            case when loop.loop_no is null then shared.school_year else loop.school_year end as school_year,
            'C4' as indicator_id,
            '{"measure": "attendance"}'::jsonb as slice,
            shared.teams_represented_n::numeric as numerator,
            shared.teams_of_day_n::numeric as denominator
        from shared
        left join loop using (school_id, partnership_id, loop_no)
        where
            shared.arena = 'development_group'
            and shared.teams_represented_n is not null
            and shared.teams_of_day_n > 0
        union all
        select
            shared.school_id,
            shared.partnership_id,
            shared.meeting_id,
            shared.meeting_date,
            shared.loop_no,
            loop.school_year,
            'A4',
            jsonb_build_object('arena', 'full_staff', 'grain', 'meeting', 'mode', mode.te_mode),
            (shared.te_mode = mode.te_mode)::integer,
            1
        from shared
        inner join loop using (school_id, partnership_id, loop_no)
        cross join (values ('led'), ('took_part'), ('absent_by_design'), ('absent')) as mode(te_mode)
        where shared.arena = 'full_staff' and loop.is_held
    ),
    counting_part as (
        select distinct school_id, partnership_id, loop_no, school_year, indicator_id, slice
        from
            (
                select school_id, partnership_id, loop_no, school_year, indicator_id, slice, numerator
                from {{ rows_of('int_part_collaboration') }} as collaboration
                union all
                select school_id, partnership_id, loop_no, school_year, indicator_id, slice, numerator
                from {{ rows_of('int_part_agreement') }} as agreement
            ) as part
        where numerator is not null and indicator_id in ('A4', 'C4')
    )
-- only what counts: an agreement without a development group asks nothing of one
select counted.*
from counted
where
    exists (
        select 1
        from counting_part as part
        where
            part.school_id = counted.school_id
            and part.partnership_id = counted.partnership_id
            and part.loop_no is not distinct from counted.loop_no
            and part.school_year = counted.school_year
            and part.indicator_id = counted.indicator_id
            and part.slice = counted.slice
    )
