{# Where units lie. #}
{# The county of a municipality number, also of several that are named together with +. #}
{% macro county_of(municipality) -%}
    case
        when position('+' in {{ municipality }}) > 0
        then
            (
                select string_agg(distinct left(one, 2), '+' order by left(one, 2))
                from unnest(string_to_array({{ municipality }}, '+')) as one
            )
        else left({{ municipality }}, 2)
    end
{%- endmacro %}
