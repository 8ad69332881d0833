{{ config(alias='asked') }}
-- grain: one row per school, partnership, indicator, version, finest period, question and family of what
-- people answered: which question it goes back to, and the days that it was asked in
-- depends_on: {{ ref('failed_control') }}
-- a question goes back to its first form also where its meaning is said to be new
with recursive
    item as (
        select
            school_id,
            log_instrument_version_id || '/' || item_id as item,
            predecessor_version_id || '/' || predecessor_item_id as predecessor
        from {{ ref('stg_log_instrument') }}
    ),
    back as (
        select school_id, item, item as earlier, 0 as steps
        from item
        union all
        select back.school_id, back.item, item.predecessor, back.steps + 1
        from back
        inner join item on back.school_id = item.school_id and back.earlier = item.item
        where item.predecessor is not null and back.steps < 50
    ),
    lineage as (
        select distinct on (school_id, item) school_id, item, earlier as lineage
        from back
        order by school_id, item, steps desc
    ),
    asked as (
        select distinct
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            school_year,
            question,
            family
        from {{ ref('gate_cell') }}
    )
select
    asked.*,
    coalesce(lineage.lineage, asked.family) as lineage,
    coalesce(
        loop.actual_start, loop.planned_start, make_date(left(asked.school_year, 4)::integer, 8, 1)
    ) as from_day,
    case
        when coalesce(loop.actual_start, loop.planned_start) is null
        then make_date(left(asked.school_year, 4)::integer + 1, 7, 31)
        else greatest(loop.actual_end, loop.actual_start, loop.planned_start)
    end as to_day
from asked
left join lineage on asked.school_id = lineage.school_id and asked.family = lineage.item
left join
    {{ ref('int_loop') }} as loop
    on asked.period_type = 'loop'
    and asked.school_id = loop.school_id
    and asked.partnership_id = loop.partnership_id
    and asked.period = loop.loop_no::text
