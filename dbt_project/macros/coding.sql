{# Whether coded counts may be shown. The thresholds are rows of the seed coding_policy, joined under the name `policy`. #}

{# Two coders agree well enough; without a measured agreement it is not known that they do. #}
{% macro coding_agreed(agreement_value, policy) %}coalesce({{ agreement_value }} >= {{ policy }}.alpha_published, false){% endmacro %}

{# Enough teams and units were coded, and the coders agree. #}
{% macro coding_sufficient(teams_n, units_n, agreement_value, policy) -%}
coalesce({{ teams_n }} >= {{ policy }}.min_teams and {{ units_n }} >= {{ policy }}.min_units, false) and {{ coding_agreed(agreement_value, policy) }}
{%- endmacro %}
