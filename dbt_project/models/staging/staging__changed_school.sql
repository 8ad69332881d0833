{{ config(materialized='table', indexes=[{'columns': ['school_id'], 'unique': true}], post_hook='analyze {{ this }}') }}
-- Grain: one row per school that this build has to build, with its fingerprint.
-- `gate.built_school` is written at the very end of a build, so a build that stops half-way is done again.
{%- set built = adapter.get_relation(database=target.database, schema='gate', identifier='built_school') %}
select school_id, fingerprint
from {{ ref('staging__school_fingerprint') }}
{%- if built and not flags.FULL_REFRESH %}
left join {{ built }} as built using (school_id, fingerprint)
where built.built_at is null
{%- endif %}
