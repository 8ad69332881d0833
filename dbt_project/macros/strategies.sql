{#
    Incremental by school: the rows of the schools whose deliveries changed are replaced, all others stay.
    A school whose rows are all gone is in the list too, so nothing old remains.
#}
{% macro get_incremental_by_school_sql(arguments) %}
    {%- set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    delete from {{ arguments['target_relation'] }}
    where school_id in (select school_id from {{ ref('staging__changed_school') }});

    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }}
{% endmacro %}

{#
    Incremental by content: a row that is the same as before stays untouched, with the release that first showed it.
    The model selects only rows that are new or changed; what the gate no longer has, or has otherwise, goes.
#}
{% macro get_incremental_by_content_sql(arguments) %}
    {%- set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    {%- set content = arguments['dest_columns'] | map(attribute='quoted') | reject('equalto', '"release_id"') | join(', ') -%}
    {%- set key = arguments['unique_key'] -%}
    delete from {{ arguments['target_relation'] }} as shown
    using (
        select {{ content }} from {{ arguments['target_relation'] }}
        except
        select {{ content }} from {{ ref('gate__indicator_value') }}
    ) as gone
    where {% for column in key %}shown.{{ column }} is not distinct from gone.{{ column }}{{ ' and ' if not loop.last }}{% endfor %};

    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }}
{% endmacro %}
