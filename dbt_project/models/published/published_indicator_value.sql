{{ config(alias='indicator_value') }}
-- grain: one row per unit, partnership, indicator, version, period and slice of the current release
{%- set before = adapter.get_relation(database=this.database, schema=this.schema, identifier=this.identifier) %}
with cell as (
    select *, md5(gate::text) as content from {{ ref('gate_indicator_value') }} as gate
)
select
    {% if before %}case when earlier.content = cell.content then earlier.release_id else {{ var('release_id') }} end{% else %}{{ var('release_id') }}{% endif %} as release_id,
    cell.unit_level, cell.unit_id, school.name as unit_name, cell.school_id, cell.partnership_id, cell.indicator_id, cell.definition_version, cell.period_type, cell.period,
    cell.slice, cell.numerator, cell.denominator, cell.value, cell.unit, cell.n_respondents, cell.coverage_observed, cell.coverage_expected, cell.status, cell.bound,
    cell.interval_low, cell.interval_high, cell.shrunken, cell.reliability, cell.break_before, cell.break_reason, cell.comparability, cell.comparability_reason,
    cell.agreement_version, cell.content
from cell
left join {{ ref('gate_school') }} as school using (school_id)
{% if before -%}
left join {{ before }} as earlier
    on cell.unit_level = earlier.unit_level and cell.unit_id = earlier.unit_id and cell.partnership_id = earlier.partnership_id
    and cell.indicator_id = earlier.indicator_id and cell.definition_version = earlier.definition_version
    and cell.period_type = earlier.period_type and cell.period = earlier.period and cell.slice = earlier.slice
{%- endif %}
