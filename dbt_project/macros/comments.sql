{# What relations and columns are, as comments in the database. #}
{# In one statement and without asking the database what columns there are: dbt's own asks twice, for each
   relation of each build. What only grows keeps the comments of its last build of all schools. #}
{% macro postgres__persist_docs(relation, model, for_relation, for_columns) %}
    {%- if not is_incremental() %}
        {%- set comments = [] -%}
        {%- if for_relation and config.persist_relation_docs() and model.description -%}
            {%- do comments.append(postgres__alter_relation_comment(relation, model.description)) -%}
        {%- endif -%}
        {%- for column in (model.columns.values() if for_columns and config.persist_column_docs() else []) -%}
            {%- do comments.append(
                'comment on column ' ~ relation ~ '.' ~ adapter.quote(column.name) ~ ' is '
                ~ postgres_escape_comment(column.description) ~ ';'
            ) -%}
        {%- endfor -%}
        {%- if comments -%} {%- do run_query(comments | join('\n')) -%} {%- endif -%}
    {%- endif %}
{% endmacro %}
