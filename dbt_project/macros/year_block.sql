{# The school year that starts in a year, as text. #}
{% macro school_year_from(year) -%} ({{ year }}) || '/' || right((({{ year }}) + 1)::text, 2) {%- endmacro %}
