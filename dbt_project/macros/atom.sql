{# What an atom of the gate is: its key, and the interval that its safe number has. #}

{# What tells one atom and question from another; its answers are the rows within. #}
{% macro atom_key() %}unit_level, unit_id, partnership_id, indicator_id, definition_version, period_type, period, question, family{% endmacro %}

{# Two columns, in whole per cent: an interval with more decimals would tell the number and the people exactly. #}
{% macro interval_of_atom(atom, design_effect) -%}
case when not {{ atom }}.is_rest then round(({{ wilson_low(atom ~ '.safe_x', atom ~ '.base', design_effect) }})::numeric, 2) end as interval_low,
        case when not {{ atom }}.is_rest then round(({{ wilson_high(atom ~ '.safe_x', atom ~ '.base', design_effect) }})::numeric, 2) end as interval_high
{%- endmacro %}

{# How many people, as told outside the school. #}
{% macro band_of_people(n) -%}
case when {{ n }} < 5 then 'under_5' when {{ n }} < 10 then '5_9' when {{ n }} < 20 then '10_19' when {{ n }} < 30 then '20_29' when {{ n }} >= 30 then '30_plus' end
{%- endmacro %}
