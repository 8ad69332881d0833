-- grain: one row per school, partnership, reading, clock, period and partnership year that goes into it:
-- loops done and loops planned
-- readings: `year` (one partnership year), `school_year` (the one that coincides with it), `so_far` (up to
-- a year), `project`
with
    year as (select * from {{ rows_of('int_agreement_year') }} as year where partnership_year_no > 0),
    -- each sum names the partnership years that go into it
    summed as (
        select year.*, 'year' as reading, year.partnership_year_no as in_year_no, null::text as in_school_year
        from year
        union all
        -- nobody states which school year a loop is of where it is only assumed
        select year.*, 'school_year', null, school_year
        from year
        where school_year is not null and not clocks_are_assumed and not is_after_the_end
        union all
        select part.*, 'so_far', year.partnership_year_no, null
        from year
        inner join
            year as part
            on year.school_id = part.school_id
            and year.partnership_id = part.partnership_id
            and part.partnership_year_no <= year.partnership_year_no
            and not part.is_after_the_end
        union all
        select year.*, 'project', null, null
        from year
        where not is_after_the_end
    ),
    -- a year without a plan, or of which the loops were not delivered, adds to neither side
    weighed as (
        select
            *,
            reading = 'school_year' and not clocks_coincide as has_two_clocks,
            has_loops_delivered and (clocks_coincide or reading <> 'school_year') as is_counted
        from summed
    ),
    with_plan as (
        select
            *,
            is_counted and planned_loops is not null as is_in_sum,
            bool_or(planned_loops is not null) over one_sum as has_plan,
            bool_and(is_counted and planned_loops is not null) over one_sum as holds_all
        from weighed
        window one_sum as (partition by school_id, partnership_id, reading, in_year_no, in_school_year)
    )
select
    school_id,
    partnership_id,
    reading,
    case
        reading when 'project' then 'project' when 'school_year' then 'school_year' else 'partnership_year'
    end as only_clock,
    in_school_year as school_year,
    in_year_no as partnership_year_no,
    partnership_year_no as summed_year_no,
    is_counted,
    is_in_sum,
    completed_n,
    shortened_n,
    cancelled_agreed_n,
    planned_loops,
    case when has_two_clocks then 'not_applicable' end as absence,
    case when has_two_clocks or not has_plan then 'not_applicable' end as absence_of_plan,
    case
        when not is_over or is_partly_delivered then 'every_clock' when year_is_provisional then 'school_year'
    end as provisional_on,
    case
        when has_two_clocks
        then 'years_do_not_map'
        when not is_over
        then 'year_not_over'
        when is_partly_delivered
        then 'partly_delivered'
    end as note,
    case
        when is_in_sum and not holds_all and reading in ('so_far', 'project')
        then 'holds_year_' || partnership_year_no
    end as note_of_year
from with_plan
