-- Where each school in sight stands: its last loop, what it and the university have delivered of it, what
-- waits.
with
    last_loop as (
        select school_id, max(period::int) as loop_no
        from published.seen_value
        where period_type = 'loop' and school_id is not null
        group by school_id
    ),
    loop_file as (
        select
            delivery.school_id,
            delivery.file_type,
            bool_or(delivery.status = 'delivered') as is_delivered,
            bool_or(delivery.is_late or delivery.status = 'delayed') as is_late
        from published.delivery_status as delivery
        inner join
            last_loop
            on delivery.school_id = last_loop.school_id
            and split_part(delivery.period, '/', 2) = last_loop.loop_no::text
            and delivery.period not like '20%%'
        where delivery.file_type in ('loops', 'log_counts', 'mirror_items')
        group by delivery.school_id, delivery.file_type
    ),
    files as (
        select
            school_id,
            bool_or(is_delivered) filter (where file_type = 'loops') as has_loop,
            bool_or(is_delivered) filter (where file_type = 'log_counts') as has_log,
            bool_or(is_late) filter (where file_type = 'log_counts') as log_is_late,
            bool_or(is_delivered) filter (where file_type = 'mirror_items') as has_mirror
        from loop_file
        group by school_id
    ),
    waiting as (
        select school_id, count(*) as numbers_waiting
        from published.indicator_value
        where status = 'awaiting_member_check' and school_id is not null
        group by school_id
    ),
    answered as (
        select distinct on (school_id) school_id, answer
        from published.member_check
        order by school_id, member_check_id desc
    )
select
    school.school_id,
    school.school_code,
    school.name,
    school.municipality_no,
    school.invited_only,
    last_loop.loop_no,
    files.has_loop,
    files.has_log,
    files.log_is_late,
    files.has_mirror,
    -- a count of what waits: where nothing does, it is none
    coalesce(waiting.numbers_waiting, 0) as numbers_waiting,
    answered.answer,
    participation.value::float,
    participation.value_high::float,
    participation.value_below::float,
    participation.numerator::float,
    participation.numerator_high::float,
    participation.denominator::float,
    participation.unit,
    participation.bound,
    participation.status,
    participation.status_reason
from published.school as school
left join last_loop using (school_id)
left join files using (school_id)
left join waiting using (school_id)
left join answered using (school_id)
left join
    published.seen_value as participation
    on participation.school_id = school.school_id
    and participation.indicator_id = 'E3'
    and participation.period_type = 'loop'
    and participation.period = last_loop.loop_no::text
order by school.school_code
