{{ config(alias='total_part', tags=['candidate'], indexes=[{'columns': ['content']}]) }}
-- grain: one row per total that is shown, school or pool that counts in it, and school year: what it counts
-- there; never shown
select
    total.content,
    part.part_level,
    part.part_id,
    part.school_year,
    max(part.schools_n) as schools_n,
    sum(part.x) as x,
    sum(part.base) as base
from {{ ref('gate_unit_value') }} as total
inner join
    {{ ref('gate_unit_part') }} as part
    on total.unit_level = part.unit_level
    and total.unit_id = part.unit_id
    and total.indicator_id = part.indicator_id
    and total.definition_version = part.definition_version
    and total.period_type = part.period_type
    and total.period = part.period
    and total.slice = case
        when part.structure is null
        then part.slice
        else part.slice || jsonb_build_object('structure', part.structure)
    end
where total.value is not null and total.kept_content is null
group by
    total.content,
    part.part_level,
    part.part_id,
    part.school_year
    {%- set before = api.Relation.create(
        database=this.database, schema='published', identifier='total_part'
    ) %}
{%- if execute and adapter.get_relation(before.database, before.schema, before.identifier) %}
    union all
    -- a total that is kept as it was is the sum of what it was
    select total.content, part.part_level, part.part_id, part.school_year, part.schools_n, part.x, part.base
    from {{ ref('gate_unit_value') }} as total
    inner join {{ before }} as part on total.kept_content = part.content
{%- endif %}
