{{ config(post_hook='{{ put_back_failed() }}') }}
-- grain: one row per school and control that its rows failed in the newest build of it: it then has the
-- rows of its build before
-- depends_on: {{ ref('coding') }}
-- depends_on: {{ ref('int_turning_day') }}
-- depends_on: {{ ref('int_shared_meeting') }}
with
    value as (select * from {{ rows_of('indicator_value') }} as value),
    found as (
        select school_id, 'number_without_status' as control
        from value
        where
            (not {{ carries_number('status') }} and value is not null)
            or (status = 'stated_zero' and (value <> 0 or denominator = 0))
        union all
        select school_id, 'value_told_twice'
        from value
        group by school_id, partnership_id, indicator_id, definition_version, period_type, period, slice
        having count(*) > 1
        union all
        -- what is counted out of the rows that are counted is never more than they are; what partners tell
        -- as two numbers may be
        select school_id, 'part_larger_than_the_whole'
        from value
        where
            unit = 'share'
            and value > 1
            and not is_stated
            and indicator_id in ('C5', 'U4', 'A4', 'A5', 'P2', 'P3', 'P4', 'E1', 'E2', 'E4', 'E5', 'I1')
        union all
        select school_id, 'value_about_nothing'
        from value
        where unit_id is null or indicator_id is null or period is null or slice is null
        union all
        -- in every school year that it has numbers of, a school lies in one place, as it was and as it is
        -- today
        select value.school_id, 'year_without_a_place'
        from value
        cross join (values ('as_it_was'), ('today')) as structure(structure)
        where
            value.period_type = 'school_year'
            and {{ carries_number('status') }}
            and (
                select count(*)
                from {{ rows_of('int_school_place') }} as place
                where
                    place.school_id = value.school_id
                    and place.school_year = value.period
                    and place.structure = structure.structure
                    and place.owner_id is not null
                    and place.municipality_no is not null
                    and place.county_no is not null
            )
            <> 1
    )
select school_id, control, count(*)::integer as found_n
from found
group by school_id, control
