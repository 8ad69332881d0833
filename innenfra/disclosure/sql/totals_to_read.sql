select
    content,
    unit_level,
    unit_id,
    indicator_id,
    comparability_class,
    period_type,
    coalesce(n_band is not null, false) as is_of_people,
    concat_ws('|', indicator_id, definition_version, (slice - 'structure')::text) as about,
    coalesce(slice ->> 'structure', '') = 'as_it_was' as as_it_was
from {{ relation }}
where value is not null and unit_level = any(%s)
