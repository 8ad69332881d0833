{{ config(alias='school_sum') }}
-- grain: one row per school, partnership, indicator, version, period of any clock and slice: what sums of
-- what passed the gate can be, and of nothing else
-- depends_on: {{ ref('failed_control') }}
with
    told as (
        select told.*, coalesce(loop.partnership_year_no, year.partnership_year_no)::text as partnership_year
        from {{ ref('gate_told_atom') }} as told
        left join
            {{ ref('int_loop') }} as loop
            on told.period_type = 'loop'
            and told.unit_id = loop.school_id
            and told.partnership_id = loop.partnership_id
            and told.period = loop.loop_no::text
        left join
            {{ ref('int_school_year') }} as year
            on told.period_type = 'school_year'
            and told.unit_id = year.school_id
            and told.partnership_id = year.partnership_id
            and told.period = year.school_year
        where told.unit_level = 'school'
    )
select
    unit_id as school_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    slice,
    low_x,
    high_x,
    base,
    n,
    bound,
    is_rest,
    has_coded,
    change_waits,
    1 as years_n,
    1 as rounds_n,
    atoms_n
from told
union all
-- the same people answer each round: behind a period stand those of its largest one
select
    unit_id,
    partnership_id,
    indicator_id,
    definition_version,
    clock.period_type,
    clock.period,
    slice,
    sum(low_x),
    sum(high_x),
    sum(base),
    max(n),
    {{ bound_of('sum(low_x)', 'sum(high_x)', 'sum(base)') }},
    bool_and(is_rest),
    bool_or(has_coded),
    bool_or(change_waits),
    count(distinct school_year)::integer,
    count(*)::integer,
    sum(atoms_n)::integer
from told
cross join
    lateral(
        values
            ('school_year', school_year),
            ('partnership_year', partnership_year),
            ('year_block', year_block),
            ('project', 'all')
    ) as clock(period_type, period)
where clock.period is not null and clock.period_type <> told.period_type
group by unit_id, partnership_id, indicator_id, definition_version, clock.period_type, clock.period, slice
