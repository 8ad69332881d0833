-- grain: one row per school, partnership and delivered row that has a day of its own (loops, meetings,
-- decisions, member checks, agreements): the school year it belongs to
with
    dated as (
        select
            school_id,
            partnership_id,
            'loops' as file_type,
            period,
            file_id,
            row_number,
            coalesce(actual_start, planned_start) as on_day,
            school_year as own_year
        from {{ rows_of('stg_loop') }} as loop
        union all
        select school_id, partnership_id, 'meetings', period, file_id, row_number, meeting_date, school_year
        from {{ rows_of('stg_meeting') }} as meeting
        union all
        select school_id, partnership_id, 'decisions', period, file_id, row_number, decided_on, school_year
        from {{ rows_of('stg_decision') }} as decision
        union all
        select
            school_id, partnership_id, 'member_checks', period, file_id, row_number, checked_on, school_year
        from {{ rows_of('stg_member_check') }} as member_check
        union all
        select school_id, partnership_id, 'agreement_versions', period, file_id, row_number, valid_from, null
        from {{ rows_of('stg_agreement_version') }} as version
    ),
    -- the calendar that began last before the day
    on_calendar as (
        select
            dated.*,
            calendar.school_year as calendar_year,
            calendar.next_school_year,
            dated.on_day <= calendar.year_end as is_within
        from dated
        left join
            {{ rows_of('int_calendar') }} as calendar
            on dated.school_id = calendar.school_id
            and dated.partnership_id = calendar.partnership_id
            and dated.on_day >= calendar.year_start
            and (calendar.next_year_start is null or dated.on_day < calendar.next_year_start)
    ),
    placed as (
        select
            *,
            case
                when is_within
                then calendar_year
                -- between two delivered calendars the row's own year decides, where it is one of the two
                when next_school_year is not null and own_year in (calendar_year, next_school_year)
                then own_year
                when next_school_year is not null
                then next_school_year
            end as year_by_calendar
        from on_calendar
    )
select
    placed.school_id,
    placed.partnership_id,
    placed.file_type,
    placed.file_id,
    placed.row_number,
    placed.on_day,
    coalesce(
        placed.year_by_calendar,
        placed.own_year,
        case when placed.file_type <> 'agreement_versions' then delivery.school_year end,
        -- a school year is from the first of August to the end of July where nobody says
        {{ school_year_from("extract(year from placed.on_day - interval '7 months')::integer") }}
    ) as school_year,
    placed.year_by_calendar is null as year_is_provisional
from placed
inner join
    {{ rows_of('stg_current_delivery') }} as delivery using (
        school_id, partnership_id, file_type, period, file_id
    )
