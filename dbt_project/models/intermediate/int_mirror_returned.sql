-- grain: one row per school, partnership and held loop: whether its mirror data came back before the next
-- loop, and after how many days
with
    loop as (select * from {{ rows_of('int_loop') }} as loop),
    -- the next loop is the one that started next, by date; the limit of the last one is sixty days after
    -- the partnership's end
    started as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            loop.is_held,
            loop.actual_end,
            coalesce(loop.actual_start, loop.planned_start) as starts_on,
            lead(loop.loop_no) over by_day as next_loop_no,
            lead(coalesce(loop.actual_start, loop.planned_start)) over by_day as next_starts_on,
            coalesce(joined.left_on, partnership.ended_on, member.agreed_to) + 60 as last_day
        from loop
        left join {{ rows_of('int_partnership_school') }} as member using (school_id, partnership_id)
        left join
            {{ ref('stg_register_partnership') }} as partnership
            on loop.partnership_id = partnership.partnership_id
        left join
            {{ ref('stg_register_partnership_school') }} as joined
            on loop.school_id = joined.school_id
            and loop.partnership_id = joined.partnership_id
        where loop.is_held or (loop.status = 'running' and loop.actual_start is not null)
        window
            by_day as (
                partition by loop.school_id, loop.partnership_id
                order by coalesce(loop.actual_start, loop.planned_start), loop.loop_no
            )
    ),
    -- files that are said to be complete for a loop: nothing in them is then an answer
    complete as (
        select
            school_id,
            partnership_id,
            period::integer as loop_no,
            bool_or(file_type = 'meeting_activities') as has_all_activities,
            bool_or(file_type = 'mirror_presentations') as has_all_presentations,
            count(*) filter (where file_type in ('log_counts', 'coded_counts')) = 2 as has_all_data
        from {{ rows_of('int_delivered_period') }} as delivered
        where period_type = 'loop' and completeness = 'complete'
        group by school_id, partnership_id, period
    ),
    meeting as (select * from {{ rows_of('int_meeting') }} as meeting),
    -- each item where it was presented; failing that on the day that it says itself
    recorded as (
        select
            item.school_id,
            item.partnership_id,
            item.loop_no,
            case
                when presented.mirror_id is null then item.first_presented_on else meeting.meeting_date
            end as shown_on,
            meeting.arena,
            meeting.loop_no as meeting_loop_no,
            meeting.loop_relation
        from {{ rows_of('stg_mirror_item') }} as item
        left join
            {{ rows_of('stg_mirror_presentation') }} as presented using (school_id, partnership_id, mirror_id)
        left join
            meeting
            on presented.school_id = meeting.school_id
            and presented.partnership_id = meeting.partnership_id
            and presented.meeting_id = meeting.meeting_id
        where presented.mirror_id is not null or item.first_presented_on is not null
    ),
    -- what was coded of a loop was recorded
    with_data as (
        select school_id, partnership_id, loop_no
        from {{ rows_of('int_log_round') }} as log_round
        union
        select school_id, partnership_id, loop_no
        from {{ rows_of('stg_coded_count') }} as coded
        where loop_no is not null
    ),
    with_record as (select distinct school_id, partnership_id, loop_no, true as has_record from recorded),
    with_meeting as (
        select school_id, partnership_id, loop_no, bool_or(activities_n is not null) as has_activities
        from meeting
        group by school_id, partnership_id, loop_no
    ),
    held as (
        select
            started.*,
            with_data.loop_no is not null as has_data,
            coalesce(complete.has_all_data, false) as has_all_data,
            started.next_starts_on is null and coalesce(today.as_of <= started.last_day, true) as is_open,
            coalesce(with_record.has_record, false) as has_record,
            coalesce(complete.has_all_presentations, false) as has_all_presentations,
            -- with its meetings and what was done in them one knows that it was not shown
            coalesce(with_meeting.has_activities or complete.has_all_activities, false) as has_activities
        from started
        cross join {{ ref('stg_as_of') }} as today
        left join complete using (school_id, partnership_id, loop_no)
        left join with_data using (school_id, partnership_id, loop_no)
        left join with_record using (school_id, partnership_id, loop_no)
        left join with_meeting using (school_id, partnership_id, loop_no)
        where started.is_held
    ),
    shown as (
        select
            held.school_id,
            held.partnership_id,
            held.loop_no,
            held.actual_end,
            recorded.shown_on,
            recorded.arena,
            recorded.shown_on <= coalesce(held.next_starts_on, held.last_day)
            or coalesce(
                recorded.meeting_loop_no = held.next_loop_no and recorded.loop_relation = 'before', false
            ) as is_in_time,
            true as is_recorded
        from held
        inner join recorded using (school_id, partnership_id, loop_no)
        where recorded.shown_on >= held.starts_on
        union all
        -- a meeting with mirror data counts where no presentation of the loop's data was delivered
        select
            held.school_id,
            held.partnership_id,
            held.loop_no,
            held.actual_end,
            meeting.meeting_date,
            meeting.arena,
            meeting.meeting_date <= coalesce(held.next_starts_on, held.last_day)
            or coalesce(meeting.loop_no = held.next_loop_no, false),
            false
        from held
        inner join
            meeting
            on held.school_id = meeting.school_id
            and held.partnership_id = meeting.partnership_id
            and (
                (meeting.loop_no = held.loop_no and meeting.loop_relation in ('after', 'year_end'))
                or (meeting.loop_no = held.next_loop_no and meeting.loop_relation = 'before')
            )
            and meeting.meeting_date >= coalesce(held.actual_end, held.starts_on)
        where meeting.has_mirror_data and not held.has_record and not held.has_all_presentations
    ),
    in_time as (
        select school_id, partnership_id, loop_no, bool_or(is_in_time) as is_in_time
        from shown
        group by school_id, partnership_id, loop_no
    ),
    -- days that are assumed say nothing of how long it took, nor does a meeting that stands in for a
    -- presentation
    assumed as (
        select distinct school_id, partnership_id
        from {{ rows_of('stg_current_delivery') }} as delivery
        where
            file_type in ('loops', 'meetings', 'mirror_items')
            and string_to_array(assumed_columns, ' ')
            && array['actual_end', 'meeting_date', 'first_presented_on']
    ),
    first_in_arena as (
        select school_id, partnership_id, loop_no, arena, greatest(min(shown_on - actual_end), 0) as days
        from shown
        where
            is_recorded
            and actual_end is not null
            and not exists (
                select 1
                from assumed
                where assumed.school_id = shown.school_id and assumed.partnership_id = shown.partnership_id
            )
        group by school_id, partnership_id, loop_no, arena
    ),
    lasted as (
        select
            school_id,
            partnership_id,
            loop_no,
            min(days) as days,
            jsonb_object_agg(arena, days) filter (where arena is not null) as days_in_arena
        from first_in_arena
        group by school_id, partnership_id, loop_no
    )
select
    held.school_id,
    held.partnership_id,
    held.loop_no,
    held.has_data,
    held.has_all_data,
    held.is_open,
    case
        when
            in_time.loop_no is not null
            or held.has_record
            or held.has_all_presentations
            or held.has_activities
        then coalesce(in_time.is_in_time, false)
    end as was_in_time,
    held.has_all_presentations and not held.has_record as was_never_presented,
    lasted.days,
    lasted.days_in_arena
from held
left join in_time using (school_id, partnership_id, loop_no)
left join lasted using (school_id, partnership_id, loop_no)
