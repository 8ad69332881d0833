{# The folder's schema is the schema, whoever runs it and from where. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name if custom_schema_name else target.schema }}
{%- endmacro %}

{# `marts__indicator_value` is the table `indicator_value` of schema `marts`. #}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {{ custom_alias_name if custom_alias_name else node.name.split('__')[-1] }}
{%- endmacro %}
