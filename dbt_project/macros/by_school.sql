{# How models grow by school: a build counts anew only the schools whose deliveries changed. #}

{# Incremental strategy: the changed schools' rows are taken out and written anew; all others stay as they are. #}
{% macro get_incremental_by_school_sql(arg_dict) %}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    delete from {{ arg_dict['target_relation'] }} where school_id in (select school_id from staging.stg_changed_school);
    insert into {{ arg_dict['target_relation'] }} ({{ columns }}) (select {{ columns }} from {{ arg_dict['temp_relation'] }})
{% endmacro %}

{# The rows of a model: those of the changed schools in a build on top of an earlier one, else all.
   The changed schools are named, not referred to: every model comes after stg_current_delivery, which refers to them. #}
{% macro rows_of(model) %}
{%- if is_incremental() -%}
(select * from {{ ref(model) }} where school_id = any(array(select school_id from staging.stg_changed_school)))
{%- else -%}
{{ ref(model) }}
{%- endif -%}
{% endmacro %}

{# A relation as the build before left it, or nothing before the first; not a ref, since it is made later in the same build. #}
{% macro as_built_before(schema, name) %}
{%- if execute and not flags.FULL_REFRESH -%}
{{ return(adapter.get_relation(database=target.dbname, schema=schema, identifier=name)) }}
{%- endif -%}
{% endmacro %}

{# Before a build of all schools: tables made a moment ago are unknown to the planner, which then loops where it should hash. #}
{% macro plan_for_all() %}
{%- if not is_incremental() %}set local enable_nestloop = off; set local enable_mergejoin = off; set local work_mem = '192MB'; set local max_parallel_workers_per_gather = 1{% endif %}
{% endmacro %}

{# After a build of all schools: what the planner of the models after it should know. #}
{% macro known_to_the_planner() %}
{%- if not is_incremental() and model.config.materialized != 'view' %}analyze {{ this }}{% endif %}
{% endmacro %}
