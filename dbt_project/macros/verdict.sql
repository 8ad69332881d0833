{# How far values may be compared, and why not further. The same reasons stand beside a number, beside a
   change and between two schools. #}
{# A value by itself: how it may be compared with a faultless one of another school. Two columns. #}
{% macro verdict_alone() %}
    case
        when not has_number or comparability_class = 'K3' or comparison_family = 'mixed'
        then 'not_comparable'
        when
            is_stated
            or rests_on_assumed
            or coverage_observed < coverage_expected
            or comparability_class = 'K2'
            or (break_kinds @> '{method}' and versions ->> 'method' = 'mixed')
            or (break_kinds @> '{collection_mode}' and versions ->> 'collection_mode' = 'mixed')
        then 'with_care'
        else 'comparable'
    end as comparability,
    case
        when not has_number
        then 'no_number'
        when comparability_class = 'K3'
        then 'within_school_only'
        when comparison_family = 'mixed'
        then 'mixed_family'
        when is_stated
        then 'stated_total'
        when rests_on_assumed
        then 'assumed_values'
        when coverage_observed < coverage_expected
        then 'incomplete_coverage'
        when break_kinds @> '{method}' and versions ->> 'method' = 'mixed'
        then 'mixed_method'
        when break_kinds @> '{collection_mode}' and versions ->> 'collection_mode' = 'mixed'
        then 'mixed_collection_mode'
        when comparability_class = 'K2'
        then 'same_family_only'
    end as comparability_reason
{% endmacro %}

{# A value against the period before in its own series. Two columns. #}
{% macro verdict_on_change() %}
    case
        when had_number is null
        then null
        when
            not has_number
            or not had_number
            or new_kind is not null
            or comparison_family is distinct from family_before
        then 'not_comparable'
        when is_stated or rests_on_assumed or coverage_observed < coverage_expected or needed_care
        then 'with_care'
        else 'comparable'
    end as change_comparability,
    case
        when had_number is null
        then null
        when not has_number or not had_number
        then 'no_number'
        when new_kind is not null
        then 'new_' || new_kind
        when comparison_family is distinct from family_before
        then 'other_family'
        when is_stated or rests_on_assumed or coverage_observed < coverage_expected or needed_care
        then 'uneven_basis'
    end as change_reason
{% endmacro %}

{# Two values of two schools, by the names of their rows: what forbids to compare them, or null. `relation` is
   what a reviewed crosswalk says of their families, null where there is none. #}
{% macro what_forbids(one, other, relation) -%}
    case
        when 'suppressed' in ({{ one }}.comparability_reason, {{ other }}.comparability_reason)
        then 'suppressed'
        when {{ one }}.value is null or {{ other }}.value is null
        then 'no_number'
        when {{ one }}.definition_version <> {{ other }}.definition_version
        then 'other_definition'
        when 'mixed' in ({{ one }}.comparison_family, {{ other }}.comparison_family)
        then 'mixed_family'
        when
            {{ families_differ(one, other) }}
            and coalesce({{ relation }}, 'none') not in ('same', 'broader', 'narrower')
        then 'other_family'
        when {{ differs(one, other, 'method') }}
        then 'other_method'
        when {{ differs(one, other, 'collection_mode') }}
        then 'other_collection_mode'
        {% for reason in ['too_few_answers', 'low_reliability'] -%}
            when {{ says(one, other, reason) }} then '{{ reason }}'
        {% endfor -%}
    end
{%- endmacro %}

{# What asks for care when they are compared, or null. #}
{% macro what_asks_for_care(one, other, relation) -%}
    case
        when {{ families_differ(one, other) }} and {{ relation }} <> 'same'
        then 'other_family'
        when {{ differs(one, other, 'loop_design') }}
        then 'other_loop_design'
        when {{ differs(one, other, 'log_form') }}
        then 'other_log_form'
        {% for reason in [
            'stated_total', 'assumed_values', 'incomplete_coverage', 'mixed_method', 'mixed_collection_mode',
            'protected_rounds', 'told_as_range',
            'edge_values'
        ] -%}
            when {{ says(one, other, reason) }} then '{{ reason }}'
        {% endfor -%}
    end
{%- endmacro %}

{% macro families_differ(one, other) -%}
    (
        {{ one }}.comparability_class = 'K2'
        and {{ one }}.comparison_family is distinct from {{ other }}.comparison_family
    )
{%- endmacro %}

{% macro differs(one, other, kind) -%}
    {{ one }}.compared_on ->> '{{ kind }}' <> {{ other }}.compared_on ->> '{{ kind }}'
{%- endmacro %}

{% macro says(one, other, reason) -%}
    '{{ reason }}' in ({{ one }}.comparability_reason, {{ other }}.comparability_reason)
{%- endmacro %}
