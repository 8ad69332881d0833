-- grain: one row per school and partnership, with the days its agreements cover
with agreed as (
    select school_id, partnership_id, min(valid_from) as agreed_from, case when bool_or(valid_to is null) then null else max(valid_to) end as agreed_to
    from {{ rows_of('stg_agreement_version') }} as version
    group by 1, 2
),
looped as (
    select distinct school_id, partnership_id from {{ rows_of('stg_loop') }} as loop
)
select
    school_id,
    partnership_id,
    agreed.agreed_from,
    agreed.agreed_to
from agreed
full outer join looped using (school_id, partnership_id)
