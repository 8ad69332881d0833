{{ config(alias='unit') }}
-- grain: one row per institution or school owner, as totals name them: by the newest name
-- depends_on: {{ ref('failed_control') }}
with
    institution as (
        select distinct on (institution_id) institution_id, name
        from {{ ref('stg_register_institution') }}
        order by institution_id, valid_from desc
    ),
    school_owner as (
        select distinct on (owner_id) owner_id, name
        from {{ ref('stg_register_school_owner') }}
        order by owner_id, valid_from desc
    )
select 'institution'::text as unit_level, institution_id as unit_id, name
from institution
union all
select 'school_owner', owner_id, name
from school_owner
