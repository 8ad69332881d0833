-- grain: one row per school, with the deliveries, the registers' words and the version of the models that its values rest on; written last, so that a build that broke off is done again
-- depends_on: {{ ref('indicator_value') }}
select school_id, deliveries, registers, models_version from {{ ref('stg_changed_school') }}
