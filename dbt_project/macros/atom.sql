{# What an atom of the gate is: its key, and the interval that its safe number has. #}
{# What tells one atom and question from another; its answers are the rows within. #}
{% macro atom_key() %}
    unit_level,
    unit_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    question,
    family
{% endmacro %}

{# How a number is told of which only the ends are known. An end at none or all is never told: what is left is
   a bound. #}
{% macro bound_of(low, high, base) -%}
    case
        when {{ low }} = {{ high }}
        then '='
        when {{ low }} = 0
        then '<='
        when {{ high }} = {{ base }}
        then '>='
        else 'range'
    end
{%- endmacro %}

{# The number that stands first: the greatest of what is at most, else the least. #}
{% macro told_x(low, high, bound) -%}
    case when {{ bound }} = '<=' then {{ high }} else {{ low }} end
{%- endmacro %}

{# Whether the ends of a sum lie too far apart to be told: a share in points of its whole, a count in parts of
   its larger end. A number that passed the gate by itself is told as the gate tells it. #}
{% macro range_too_wide(low, high, base, unit, atoms_n, widest) -%}
    (
        {{ atoms_n }} > 1
        and {{ high }} - {{ low }}
        > {{ widest }} * case when {{ unit }} = 'share' then {{ base }} else {{ high }} end
    )
{%- endmacro %}

{# An interval in whole per cent (more decimals would tell the number and the people exactly) that holds those
   of both ends. The same people answer several rounds: an end weighs as so many people, not as so many
   answers. #}
{% macro interval_low_of(low, base, people, design_effect) -%}
    round(
        (
            {{ wilson_low('(' ~ low ~ ') / (' ~ base ~ ') * (' ~ people ~ ')', people, design_effect) }}
        )::numeric,
        2
    )
{%- endmacro %}

{% macro interval_high_of(high, base, people, design_effect) -%}
    round(
        (
            {{ wilson_high('(' ~ high ~ ') / (' ~ base ~ ') * (' ~ people ~ ')', people, design_effect) }}
        )::numeric,
        2
    )
{%- endmacro %}

{# How many people, as told outside the school. #}
{% macro band_of_people(n) -%}
    case
        when {{ n }} < 5
        then 'under_5'
        when {{ n }} < 10
        then '5_9'
        when {{ n }} < 20
        then '10_19'
        when {{ n }} < 30
        then '20_29'
        when {{ n }} >= 30
        then '30_plus'
    end
{%- endmacro %}

{# The fewest people of the size that is told: a band, and above it in steps that a reader may know. What is
   counted from it tells no more than the size does. #}
{% macro fewest_told(n) -%}
    (
        select max(fewest)
        from (values (5), (10), (20), (30), (50), (100), (200), (500), (1000)) as size(fewest)
        where fewest <= {{ n }}
    )
{%- endmacro %}

{# A share of people as told outside the school: as finely as so few people can be told of, so that at least
   three numbers of so many people fit. #}
{% macro share_told(value, n) -%}
    case
        when {{ n }} < 10
        then round(round({{ value }} * 5) / 5, 1)
        when {{ n }} < 20
        then round({{ value }}, 1)
        when {{ n }} < 30
        then round(round({{ value }} * 20) / 20, 2)
        else round({{ value }}, 2)
    end
{%- endmacro %}

{# In how many steps a share of so many people is told, so that the ends of a range are told as finely as a
   number is. #}
{% macro steps_told(n) -%}
    case when {{ n }} < 10 then 5 when {{ n }} < 20 then 10 when {{ n }} < 30 then 20 else 100 end
{%- endmacro %}

{# An end of a range in the steps that so many people are told in: the lower one down, the upper one up, so
   that the number stays within. #}
{% macro range_end_told(value, n, way) -%}
    {{ way }} ({{ value }} * {{ steps_told(n) }}) / {{ steps_told(n) }}
{%- endmacro %}

{# A response rate as others are told it: in whole tenths that hold all that it can be, of eight and more only
   that. #}
{% macro rate_told(least) -%} least(floor(({{ least }}) * 10) / 10, 0.8) {%- endmacro %}

{# Where the tenths end; nowhere, where the rate can be eight of them or more. #}
{% macro rate_told_below(most) -%}
    case when ({{ most }}) < 0.8 then floor(({{ most }}) * 10) / 10 + 0.1 end
{%- endmacro %}

{# The least and the most that a share can be, from what is told of it. #}
{% macro least_told(value, bound) -%} case when {{ bound }} = '<=' then 0 else {{ value }} end {%- endmacro %}

{% macro most_told(value, value_high, bound) -%}
    case when {{ bound }} = '>=' then 1 when {{ bound }} = 'range' then {{ value_high }} else {{ value }} end
{%- endmacro %}
