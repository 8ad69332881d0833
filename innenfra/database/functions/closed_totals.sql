-- sums of the reader's own units that the release has and that are closed to the reader: which, never what
-- they say
with
    own as (
        select 'county' as unit_level, unnest(authz.visible_units('county')) as unit_id
        union all
        select 'school_owner', unnest(authz.visible_units('school_owner'))
    )
select distinct value.unit_level, value.indicator_id, value.period_type, value.period, value.slice
from published.indicator_value as value
inner join own using (unit_level, unit_id)
where
    value.school_id is null
    and value.status in ({{ shown }})
    and value.indicator_id || '/' || value.comparability_class = any(authz.visible_measures())
    and value.content not in (select authz.open_totals())
