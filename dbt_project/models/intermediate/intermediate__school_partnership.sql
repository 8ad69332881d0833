{{ config(indexes=[{'columns': ['school_id', 'partnership_id'], 'unique': true}]) }}
-- Grain: one row per school and partnership in which the school delivered anything.
with named as (
    select school_id, partnership_id from {{ ref('intermediate__agreement_version') }}
    union
    select school_id, partnership_id from {{ ref('intermediate__loop') }}
    union
    select school_id, partnership_id from {{ ref('staging__stated_total') }}
    union
    select school_id, partnership_id from {{ ref('staging__current_delivery') }} where partnership_id is not null
)

select
    named.school_id,
    named.partnership_id,
    coalesce(registered.small_school, false) as small_school,
    registered.name as school_name
from named
left join (
    select distinct on (school_id) school_id, name, small_school
    from {{ ref('staging__school') }}
    order by school_id, valid_from desc
) as registered using (school_id)
where named.school_id in (select school_id from {{ ref('staging__changed_school') }})
