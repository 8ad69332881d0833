-- grain: one row per school, log form version and item, with the item it goes back to as long as the
-- meaning is the same
with recursive
    item as (select * from {{ rows_of('stg_log_instrument') }} as delivered),
    lineage as (
        select
            school_id,
            log_instrument_version_id,
            item_id,
            log_instrument_version_id as version_now,
            item_id as item_now,
            0 as steps
        from item
        union all
        select
            lineage.school_id,
            item.predecessor_version_id,
            item.predecessor_item_id,
            lineage.version_now,
            lineage.item_now,
            lineage.steps + 1
        from lineage
        inner join item using (school_id, log_instrument_version_id, item_id)
        where item.same_meaning = 'yes' and item.predecessor_item_id is not null and lineage.steps < 50
    ),
    origin as (
        select distinct
            on (school_id, version_now, item_now)
            school_id,
            version_now,
            item_now,
            log_instrument_version_id as origin_version_id,
            item_id as origin_item_id
        from lineage
        order by school_id, version_now, item_now, steps desc
    )
select
    item.school_id,
    item.log_instrument_version_id,
    item.item_id,
    item.log_instrument_id,
    item.theme,
    item.scale,
    item.answer_codes,
    origin.origin_item_id,
    origin.origin_version_id || '/' || origin.origin_item_id as item_family
from item
inner join
    origin
    on item.school_id = origin.school_id
    and item.log_instrument_version_id = origin.version_now
    and item.item_id = origin.item_now
