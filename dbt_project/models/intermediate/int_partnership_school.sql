-- grain: one row per school and partnership that it delivered for, with the days its agreements cover
with
    agreed as (
        select
            school_id,
            partnership_id,
            min(valid_from) as agreed_from,
            case when bool_or(valid_to is null) then null else max(valid_to) end as agreed_to
        from {{ rows_of('stg_agreement_version') }} as version
        group by school_id, partnership_id
    ),
    delivered as (
        select distinct school_id, partnership_id
        from {{ rows_of('stg_current_delivery') }} as delivery
        where partnership_id <> ''
    )
select school_id, partnership_id, agreed.agreed_from, agreed.agreed_to
from delivered
left join agreed using (school_id, partnership_id)
