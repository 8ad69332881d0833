-- grain: one row per school and day after which something that was open is settled without a new delivery:
-- a year's end, a limit, the other side's silence
select distinct school_id, last_open_day
from
    (
        select school_id, ends_on as last_open_day
        from {{ rows_of('int_agreement_year') }} as agreement_year
        union all
        select school_id, make_date(left(school_year, 4)::integer + 1, 7, 31)
        from {{ rows_of('int_school_year') }} as school_year
        union all
        select member.school_id, coalesce(joined.left_on, partnership.ended_on) + days.after
        from {{ rows_of('int_partnership_school') }} as member
        cross join (values (0), (60)) as days(after)
        left join {{ ref('stg_register_partnership') }} as partnership using (partnership_id)
        left join {{ ref('stg_register_partnership_school') }} as joined using (school_id, partnership_id)
        union all
        select school_id, waits_until
        from {{ rows_of('int_commitment_assessment') }} as assessment
    ) as day
where last_open_day is not null
