{{ config(alias='delivery_cell') }}
-- grain: one row per school, partnership, file type and period (loop or school year) in which the file type
-- is expected or was delivered or spoken of
-- depends_on: {{ ref('failed_control') }}
with
    -- what is delivered by loop or by school year, and how many days after the loop's end or the year's
    -- first day it is due; what is not always expected is told only where someone speaks of it
    kind(file_type, period_type, due_days, is_expected) as (
        values
            ('school_year', 'school_year', 60, true),
            ('loops', 'school_year', 60, true),
            ('team_loops', 'loop', 14, true),
            ('team_loop_phases', 'loop', 14, false),
            ('meetings', 'loop', 14, true),
            ('log_rounds', 'loop', 14, false),
            ('log_counts', 'loop', 14, true),
            ('mirror_items', 'loop', 28, true),
            ('coded_counts', 'loop', 90, false),
            ('decisions', 'school_year', 365, false),
            ('commitment_reviews', 'school_year', 365, false)
    ),
    today as (
        select as_of, extract(year from as_of - interval '7 months')::integer as begun_in
        from {{ ref('stg_as_of') }}
    ),
    loop as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no::text as period,
            loop.school_year,
            coalesce(delivered.actual_end, delivered.planned_end) as ended_on,
            loop.status not in ('cancelled', 'cancelled_agreed') as is_on
        from {{ ref('int_loop') }} as loop
        inner join {{ ref('stg_loop') }} as delivered using (school_id, partnership_id, loop_no)
    ),
    -- the years with loops, and the present one for every school that is in a partnership
    school_year as (
        select distinct school_id, partnership_id, school_year
        from loop
        where school_year is not null
        union
        select
            member.school_id,
            member.partnership_id,
            today.begun_in || '/' || right((today.begun_in + 1)::text, 2)
        from {{ ref('stg_register_partnership_school') }} as member
        inner join {{ ref('stg_register_partnership') }} as partnership using (partnership_id)
        cross join today
        where
            member.accepted
            and coalesce(member.left_on >= today.as_of, true)
            and partnership.status not in ('ended', 'withdrawn')
    ),
    period as (
        select
            school_id,
            partnership_id,
            'loop' as period_type,
            period,
            school_year,
            ended_on as counted_from,
            is_on
        from loop
        union all
        select
            school_id,
            partnership_id,
            'school_year',
            school_year,
            school_year,
            make_date(left(school_year, 4)::integer, 8, 1),
            true
        from school_year
    ),
    -- which delivery counts for the period, and whether it corrects another
    counted as (
        select
            period.school_id,
            period.partnership_id,
            period.period_type,
            period.period,
            current.file_type,
            max(current.delivered_on) as delivered_on,
            max(current.file_id) as file_id,
            bool_or(delivery.supersedes_delivery_id is not null) as is_correction
        from period
        inner join
            {{ ref('stg_current_delivery') }} as current
            on period.school_id = current.school_id
            and period.partnership_id = current.partnership_id
            and case
                when period.period_type = 'loop' and current.loop_no is not null
                then current.loop_no::text = period.period
                else current.school_year = period.school_year
            end
        inner join
            {{ ref('stg_delivery') }} as delivery
            on current.school_id = delivery.school_id
            and current.partnership_id = delivery.partnership_id
            and current.file_type = delivery.file_type
            and current.period = delivery.period
            and current.file_id = delivery.file_id
        group by period.school_id, period.partnership_id, period.period_type, period.period, current.file_type
    )
select
    period.school_id,
    period.partnership_id,
    kind.file_type,
    period.period_type,
    period.period,
    period.school_year,
    case
        when said.completeness in ('complete', 'partial')
        then case when counted.is_correction then 'corrected' else 'delivered' end
        when said.completeness = 'delayed'
        then 'late'
        when said.completeness is not null
        then said.completeness
        when period.counted_from + kind.due_days >= today.as_of
        then 'awaited'
        else 'missing'
    end as state,
    coalesce(said.completeness = 'partial', false) as is_partial,
    period.counted_from + kind.due_days as due_on,
    counted.delivered_on,
    counted.file_id
from period
cross join today
inner join kind on kind.period_type = period.period_type
left join
    {{ ref('int_delivered_period') }} as said
    on period.school_id = said.school_id
    and period.partnership_id = said.partnership_id
    and period.period_type = said.period_type
    and period.period = said.period
    and kind.file_type = said.file_type
left join
    counted
    on period.school_id = counted.school_id
    and period.partnership_id = counted.partnership_id
    and period.period_type = counted.period_type
    and period.period = counted.period
    and kind.file_type = counted.file_type
where said.completeness is not null or (kind.is_expected and period.is_on and period.counted_from is not null)
