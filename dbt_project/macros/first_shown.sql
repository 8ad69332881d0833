{# Which release first showed a value as it is: a cell whose content has not changed keeps its number. #}
{# The release that is being made. Asked of the database, not passed as a variable: dbt reads the whole
   project anew when a variable changes. #}
{% macro release_in_the_making() -%} (select max(release_id) from published.release) {%- endmacro %}

{# What a value is about, as one fingerprint. #}
{% macro cell_key(value) -%}
    md5(
        concat_ws(
            '|',
            {{ value }}.unit_level,
            {{ value }}.unit_id,
            {{ value }}.partnership_id,
            {{ value }}.indicator_id,
            {{ value }}.definition_version,
            {{ value }}.period_type,
            {{ value }}.period,
            {{ value }}.slice::text
        )
    )
{%- endmacro %}

{# What of a cell is the school's own, as one fingerprint: its numbers, its status and its own interval. Not
   what it borrows from other schools (shrunken value, reliability, verdicts), so that a school is asked anew
   only about itself. #}
{% macro own_content(value) -%}
    md5(
        jsonb_strip_nulls(
            jsonb_build_object(
                'numerator',
                {{ value }}.numerator,
                'denominator',
                {{ value }}.denominator,
                'value',
                {{ value }}.value,
                'status',
                {{ value }}.status,
                'numerator_high',
                {{ value }}.numerator_high,
                'value_high',
                {{ value }}.value_high,
                'bound',
                {{ value }}.bound,
                'interval_low',
                {{ value }}.interval_low,
                'interval_high',
                {{ value }}.interval_high
            )
        )::text
    )
{%- endmacro %}

{# What readers see of a relation now: the next release of it is made in another schema, and takes its place
   at the end. #}
{% macro as_shown_now(relation) -%}
    {%- set database, name = relation.database, relation.identifier -%}
    {{ return(api.Relation.create(database=database, schema='published', identifier=name)) }}
{%- endmacro %}

{# The release of a cell's present content. `relation` is the published one. #}
{% macro first_shown(cell, relation) -%}
    {%- set before = as_shown_now(relation) -%}
    {%- if execute and adapter.get_relation(before.database, before.schema, before.identifier) -%}
        case
            when earlier.content = {{ cell }}.content
            then earlier.release_id
            else {{ release_in_the_making() }}
        end
    {%- else -%} {{ release_in_the_making() }}
    {%- endif -%}
{%- endmacro %}

{# The join that `first_shown` needs. #}
{% macro joined_with_before(cell, relation) -%}
    {%- set before = as_shown_now(relation) -%}
    {%- if execute and adapter.get_relation(before.database, before.schema, before.identifier) -%}
        left join {{ before }} as earlier on {{ cell }}.cell_key = earlier.cell_key
    {%- endif -%}
{%- endmacro %}

{# Columns of a published value after the name of its unit, in their order. #}
{% macro shown_columns(cell) -%}
    {%- for name in value_column_names()[2:] + ['cell_key', 'content'] %}
        {{ cell }}.{{ name }}{{ ', ' if not loop.last }}
    {% endfor %}
{%- endmacro %}

{# Columns of a value in the gate, in their order. #}
{% macro value_columns() -%} {{ value_column_names() | join(', ') }} {%- endmacro %}

{# The same of a named row. #}
{% macro value_columns_of(value) -%}
    {%- for name in value_column_names() %} {{ value }}.{{ name }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}

{# The same of a value as an earlier release left it, which now waits; what that release did not tell is
   empty. #}
{% macro value_columns_kept(value, relation) -%}
    {%- set there = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
    {%- for name in value_column_names() -%}
        {%- if name == 'change_waits' %} true as change_waits
        {%- elif name in there %} {{ value }}.{{ name }}
        {%- else %} null as {{ name }}
        {%- endif %} {{ ', ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro value_column_names() -%}
    {{ return([
    'unit_level', 'unit_id', 'school_id', 'partnership_id', 'indicator_id', 'definition_version',
    'comparability_class', 'period_type', 'period', 'slice', 'numerator', 'numerator_high', 'denominator',
    'value', 'value_high', 'unit', 'n_respondents', 'n_band', 'coverage_observed', 'coverage_expected',
    'status', 'status_reason', 'note', 'bound', 'value_below', 'interval_low', 'interval_high', 'shrunken',
    'reliability', 'break_before', 'break_reason', 'comparability', 'comparability_reason',
    'change_comparability', 'change_reason', 'comparison_family', 'agreement_version', 'change_waits',
    'compared_on'
]) }}
{%- endmacro %}
