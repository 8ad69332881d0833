{# Row policies and grants of a relation that was just built, from the rules of innenfra/database/access.py.
   Runs in the build's own transaction: no reader ever meets the relation without its policies. #}
{% macro protect() %}
    {%- if model.config.schema != 'staging' and model.config.materialized != 'ephemeral' -%}
        select authz.protect('{{ this.schema }}', '{{ this.identifier }}')
    {%- endif -%}
{% endmacro %}
