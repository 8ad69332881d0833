-- grain: one row per school, partnership, file type and period: the delivery that counts now, in whatever
-- order they came
{{ config(
    materialized='incremental', incremental_strategy='by_school',
    indexes=[{'columns': ['school_id', 'file_type', 'period']}]
) }}
-- depends_on: {{ ref('stg_changed_school') }}
with recursive
    delivery as (
        select delivery.*, file.sha256
        from {{ rows_of('stg_delivery') }} as delivery
        inner join {{ source('inbox', 'file') }} as file using (file_id)
    ),
    correction as (
        select distinct school_id, partnership_id, delivery_id, supersedes_delivery_id
        from delivery
        where supersedes_delivery_id <> delivery_id
    ),
    -- what each delivery replaces, directly or through others
    replaced as (
        select school_id, partnership_id, delivery_id, supersedes_delivery_id as replaced_id
        from correction
        union
        select
            replaced.school_id,
            replaced.partnership_id,
            replaced.delivery_id,
            correction.supersedes_delivery_id
        from replaced
        inner join
            correction
            on replaced.school_id = correction.school_id
            and replaced.partnership_id = correction.partnership_id
            and replaced.replaced_id = correction.delivery_id
    ),
    -- deliveries that replace each other in a circle say nothing
    in_circle as (
        select school_id, partnership_id, delivery_id from replaced where replaced_id = delivery_id
    ),
    -- only what the newer one holds: its own period, or all of its school year
    superseded as (
        select distinct older.school_id, older.partnership_id, older.file_type, older.period, older.file_id
        from replaced
        inner join
            delivery as older
            on replaced.school_id = older.school_id
            and replaced.partnership_id = older.partnership_id
            and replaced.replaced_id = older.delivery_id
        inner join
            delivery as newer
            on replaced.school_id = newer.school_id
            and replaced.partnership_id = newer.partnership_id
            and replaced.delivery_id = newer.delivery_id
            and older.file_type = newer.file_type
            and (older.period = newer.period or (newer.covers_year and older.school_year = newer.school_year))
        where
            not exists (
                select 1
                from in_circle as circle
                where
                    circle.school_id = replaced.school_id
                    and circle.partnership_id = replaced.partnership_id
                    and circle.delivery_id = replaced.delivery_id
            )
    ),
    ranked as (
        select
            delivery.*,
            row_number() over (
                partition by school_id, partnership_id, file_type, period
                order by
                    -- what covers all rows of the school is of the newest school year, whenever it was
                    -- written
                    case when period = 'all' then school_year end desc nulls last,
                    delivered_on desc nulls last,
                    school_year desc nulls last,
                    delivery_id desc nulls last,
                    -- a file without a manifest says nothing of itself: the one that came last counts
                    case when delivery_id is null then file_id end desc,
                    sha256 desc
            ) as place
        from delivery
        where
            not exists (
                select 1
                from superseded
                where
                    superseded.school_id = delivery.school_id
                    and superseded.partnership_id = delivery.partnership_id
                    and superseded.file_type = delivery.file_type
                    and superseded.period = delivery.period
                    and superseded.file_id = delivery.file_id
            )
    )
select
    school_id,
    partnership_id,
    file_type,
    period,
    file_id,
    school_year,
    loop_no,
    completeness,
    covers_year,
    delivered_on,
    delivery_id,
    -- the later said comes first, for what several partnerships of a school say of the same
    row_number() over (
        partition by school_id, file_type
        order by
            delivered_on desc nulls last,
            school_year desc nulls last,
            delivery_id desc nulls last,
            sha256 desc,
            partnership_id
    ) as newest_first,
    assumed_columns,
    rows_landed
from ranked
where place = 1
