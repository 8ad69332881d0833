{{ config(alias='family_crosswalk') }}
-- grain: one row per pair of families that a reviewed crosswalk relates, in both directions; what nobody
-- has reviewed is not here
-- depends_on: {{ ref('failed_control') }}
select distinct on (family, other_family) family, other_family, relation
from
    (
        select family, other_family, relation, reviewed_on
        from {{ ref('stg_register_family_crosswalk') }}
        union all
        select
            other_family,
            family,
            case relation when 'broader' then 'narrower' when 'narrower' then 'broader' else relation end,
            reviewed_on
        from {{ ref('stg_register_family_crosswalk') }}
    ) as either_way
where reviewed_on <= current_date and family <> other_family
order by family, other_family, reviewed_on desc
