-- grain: one row per rule and file: what deliveries of these schools say of their order that cannot be, and
-- where
-- nothing that they say decides
with recursive
    delivery as (
        select delivery.*, file.sha256
        from inbox.delivery as delivery
        inner join inbox.file as file using (file_id)
        where delivery.school_id = any(%(schools)s) and file.checked_by_run is not null
    ),
    correction as (
        select distinct school_id, file_id, delivery_id, supersedes_delivery_id as replaced_id
        from delivery
        where supersedes_delivery_id is not null
    ),
    replaced as (
        select school_id, delivery_id, replaced_id
        from correction
        union
        select replaced.school_id, replaced.delivery_id, correction.replaced_id
        from replaced
        inner join
            correction
            on replaced.school_id = correction.school_id
            and replaced.replaced_id = correction.delivery_id
    ),
    counting as (
        select now.*, delivery.delivery_id, delivery.delivered_on, delivery.sha256
        from quality.current_delivery as now
        inner join delivery using (school_id, file_type, period, file_id)
    )
select 'supersedes_unknown' as rule, correction.file_id, min(correction.replaced_id) as value
from correction
where
    not exists (
        select 1
        from delivery
        where delivery.school_id = correction.school_id and delivery.delivery_id = correction.replaced_id
    )
group by correction.file_id
union all
select 'supersedes_in_circle', correction.file_id, min(correction.replaced_id)
from correction
inner join replaced using (school_id, delivery_id)
where replaced.replaced_id = correction.delivery_id
group by correction.file_id
union all
-- two of the same day, or of no day, and neither replaces the other
select
    case when now.delivery_id is null then 'order_by_arrival' else 'order_not_stated' end,
    now.file_id,
    min(other.period)
from counting as now
inner join
    delivery as other
    on now.school_id = other.school_id
    and now.file_type = other.file_type
    and now.period = other.period
    and coalesce(other.partnership_id, '') in ('', now.partnership_id)
    and now.sha256 <> other.sha256
    and now.delivered_on is not distinct from other.delivered_on
    and (now.delivery_id is null) = (other.delivery_id is null)
    and now.rows_landed > 0
    and other.rows_landed > 0
where
    not exists (
        select 1
        from replaced
        where
            replaced.school_id = now.school_id
            and (replaced.delivery_id, replaced.replaced_id)
            in ((now.delivery_id, other.delivery_id), (other.delivery_id, now.delivery_id))
    )
    and not (now.period = 'all' and now.school_year is distinct from other.school_year)
group by now.file_id, now.delivery_id is null
