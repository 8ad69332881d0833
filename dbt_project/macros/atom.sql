{# What an atom of the gate is: its key, and the interval that its safe number has. #}

{# What tells one atom and question from another; its answers are the rows within. #}
{% macro atom_key() %}unit_level, unit_id, partnership_id, indicator_id, definition_version, period_type, period, question, family{% endmacro %}

{# Two columns, in whole per cent: an interval with more decimals would tell the number and the people exactly. #}
{% macro interval_of_atom(atom, design_effect) -%}
case when not {{ atom }}.is_rest then round(({{ wilson_low(people_of(atom, 'low') , atom ~ '.n', design_effect) }})::numeric, 2) end as interval_low,
        case when not {{ atom }}.is_rest then round(({{ wilson_high(people_of(atom, 'high'), atom ~ '.n', design_effect) }})::numeric, 2) end as interval_high
{%- endmacro %}

{# The number of people that an end of the interval is drawn around: of as many as there are people, however often they
   answered; an end of a range by itself, else the safe number. #}
{% macro people_of(row, end) -%}
(case when {{ row }}.bound = 'range' then {{ row }}.{{ end }}_x else {{ row }}.safe_x end / {{ row }}.base * {{ row }}.n)
{%- endmacro %}

{# How many people, as told outside the school. #}
{% macro band_of_people(n) -%}
case when {{ n }} < 5 then 'under_5' when {{ n }} < 10 then '5_9' when {{ n }} < 20 then '10_19' when {{ n }} < 30 then '20_29' when {{ n }} >= 30 then '30_plus' end
{%- endmacro %}

{# The fewest people of the size that is told: a band, and above it in steps that a reader may know. What is counted from it tells no more than the size does. #}
{% macro fewest_told(n) -%}
(select max(fewest) from (values (5), (10), (20), (30), (50), (100), (200), (500), (1000)) as size (fewest) where fewest <= {{ n }})
{%- endmacro %}

{# A share of people as told outside the school: as finely as so few people can be told of, so that at least three numbers of so many people fit. #}
{% macro share_told(value, n) -%}
case
        when {{ n }} < 10 then round(round({{ value }} * 5) / 5, 1)
        when {{ n }} < 20 then round({{ value }}, 1)
        when {{ n }} < 30 then round(round({{ value }} * 20) / 20, 2)
        else round({{ value }}, 2)
    end
{%- endmacro %}

{# The share that an interval is drawn around, from what is told: half way to none or all where a bound is told. #}
{% macro centre_told(value, bound) -%}
case {{ bound }} when '<=' then {{ value }} / 2 when '>=' then (1 + {{ value }}) / 2 else {{ value }} end
{%- endmacro %}

{# How the sum of several numbers is told: as the only one is, as it is, or as the range of what it can be. #}
{% macro bound_of_sum() -%}
case when count(*) = 1 then min(bound) when sum(low_x) = sum(high_x) then '=' else 'range' end
{%- endmacro %}

{# The ends of a share that is told as a range outside the school: in the same steps, away from each other. #}
{% macro steps_told(n) -%}
case when {{ n }} < 10 then 5 when {{ n }} < 20 then 10 when {{ n }} < 30 then 20 else 100 end
{%- endmacro %}
