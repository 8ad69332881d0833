{{ config(alias='unit') }}
-- grain: one row per institution or the network, as totals name them
select distinct on (institution_id) 'institution'::text as unit_level, institution_id as unit_id, name
from {{ ref('stg_register_institution') }}
order by institution_id, valid_from desc
