{# How models grow by school: a build counts anew only the schools whose deliveries changed. #}
{# Incremental strategy: the changed schools' rows are taken out and written anew; all others stay as they
   are. What is taken out is kept until the controls have passed; a build that broke off has kept it already.
   #}
{% macro get_incremental_by_school_sql(arg_dict) %}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    {%- set there = arg_dict['target_relation'] -%}
    {%- set kept = kept_rows_of(there.schema, there.identifier) -%}
    create table if not exists {{ kept }} (like {{ arg_dict['target_relation'] }});
    insert into {{ kept }} select * from {{ arg_dict['target_relation'] }}
    where school_id in (select school_id from staging.stg_changed_school)
        and school_id not in (select school_id from {{ kept }});
    delete from {{ arg_dict['target_relation'] }}
    where school_id in (select school_id from staging.stg_changed_school)
    ;
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    (select {{ columns }} from {{ arg_dict['temp_relation'] }})
{% endmacro %}

{# The rows of a model: those of the changed schools in a build on top of an earlier one, else all. The
   changed schools are named, not referred to: every model comes after stg_current_delivery, which refers to
   them. #}
{% macro rows_of(model) %}
    {%- if is_incremental() -%}
(
    select * from {{ ref(model) }}
    where school_id = any(array(select school_id from staging.stg_changed_school))
)
    {%- else -%} {{ ref(model) }}
    {%- endif -%}
{% endmacro %}

{# A relation as the build before left it, or nothing before the first; not a ref, since it is made later in
   the same build. #}
{% macro as_built_before(schema, name) %}
    {%- if execute and not flags.FULL_REFRESH -%}
        {{ return(adapter.get_relation(database=target.dbname, schema=schema, identifier=name)) }}
    {%- endif -%}
{% endmacro %}

{# Before a build of all schools: tables made a moment ago are unknown to the planner, which then loops where
   it should hash. #}
{% macro plan_for_all() %}
    {%- if not is_incremental() %}set local enable_nestloop = off ;
        set local enable_mergejoin = off
        ;
        set local work_mem = '192MB'
        ;
        set local max_parallel_workers_per_gather = 1
    {% endif %}
{% endmacro %}

{# Where the rows are that a build takes out. #}
{% macro kept_rows_of(schema, name) -%} kept.{{ schema }}__{{ name }} {%- endmacro %}

{# Every relation that grows by school, but for what the controls themselves say and the list of what was
   built. #}
{% macro relations_by_school() %}
    {%- set found = [] -%}
    {%- for node in (graph.nodes.values() if execute else [])
            if node.resource_type == 'model' and node.config.get('incremental_strategy') == 'by_school'
            and node.config.materialized == 'incremental'
            and node.name not in ('failed_control', 'built_school') -%}
        {%- do found.append({'schema': node.schema, 'name': node.alias}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{# After the controls: a school that fails one has the rows that it had before this build, or none where it
   had none; all others go on. #}
{% macro put_back_failed() %} do $$
begin
    if exists (
        select 1 from {{ this }} where school_id in (select school_id from staging.stg_changed_school)
    ) then
        {%- for one in relations_by_school() %}
        delete from {{ one.schema }}.{{ one.name }} where school_id in (
            select school_id from {{ this }}
            where school_id in (select school_id from staging.stg_changed_school)
        );
        if to_regclass('{{ kept_rows_of(one.schema, one.name) }}') is not null then
            insert into {{ one.schema }}.{{ one.name }}
            select * from {{ kept_rows_of(one.schema, one.name) }} where school_id in (
                select school_id from {{ this }}
                where school_id in (select school_id from staging.stg_changed_school)
            );
        end if;
        {%- endfor %}
    end if;
end
$$ {% endmacro %}

{# At the end of a build: nothing needs to be put back any more. #}
{% macro forget_kept() %}
    drop table if exists kept.marts__failed_control,
    kept.marts__built_school
    {%- for one in relations_by_school() %}, {{ kept_rows_of(one.schema, one.name) }}{% endfor %}
{% endmacro %}

{# After a build of all schools: what the planner of the models after it should know. #}
{% macro known_to_the_planner() %}
    {%- if not is_incremental() and model.config.materialized != 'view' -%}
        drop table if exists {{ kept_rows_of(this.schema, this.identifier) }}
        ;
        analyze {{ this }}
    {%- endif -%}
{% endmacro %}
