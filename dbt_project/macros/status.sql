{# Which states of a value carry a number; declared in `innenfra/contracts/vocabulary.py`, SHOWN_STATUSES. #}
{% macro carries_number(status) -%}
    ({{ status }} in ('observed', 'stated_zero', 'provisional'))
{%- endmacro %}
