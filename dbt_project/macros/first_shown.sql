{# Which release first showed a value as it is: a cell whose content has not changed keeps its number. #}

{# The release of a cell's present content. `before` is the published relation as an earlier release left it. #}
{% macro first_shown(cell, before) -%}
{%- if execute and adapter.get_relation(before.database, before.schema, before.identifier) -%}
case when earlier.content = {{ cell }}.content then earlier.release_id else {{ var('release_id') }} end
{%- else -%}
{{ var('release_id') }}
{%- endif -%}
{%- endmacro %}

{# The join that `first_shown` needs. #}
{% macro joined_with_before(cell, before) -%}
{%- if execute and adapter.get_relation(before.database, before.schema, before.identifier) -%}
left join {{ before }} as earlier
    on {{ cell }}.unit_level = earlier.unit_level and {{ cell }}.unit_id = earlier.unit_id and {{ cell }}.partnership_id is not distinct from earlier.partnership_id
    and {{ cell }}.indicator_id = earlier.indicator_id and {{ cell }}.definition_version = earlier.definition_version
    and {{ cell }}.period_type = earlier.period_type and {{ cell }}.period = earlier.period and {{ cell }}.slice = earlier.slice
{%- endif -%}
{%- endmacro %}

{# Columns of a published value after the name of its unit, in their order. #}
{% macro shown_columns(cell) -%}
{%- for name in [
    'school_id', 'partnership_id', 'indicator_id', 'definition_version', 'comparability_class', 'period_type', 'period', 'slice', 'numerator', 'denominator', 'value', 'unit',
    'n_respondents', 'coverage_observed', 'coverage_expected', 'status', 'bound', 'interval_low', 'interval_high', 'shrunken', 'reliability', 'break_before', 'break_reason',
    'comparability', 'comparability_reason', 'agreement_version', 'content'
] %}{{ cell }}.{{ name }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}
