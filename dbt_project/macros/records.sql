{# A record as it is published: as it passed the gate, and whether it waits for its school. It does while a
   value of an indicator that is counted from it does, of the record's loop or of its school year. #}
{% macro published_record(gate, waits_with=[], has_loop=true) %}
    {%- if waits_with %}
        with
            waiting as (
                select distinct school_id, partnership_id, period_type, period
                from {{ ref('gate_shown_value') }}
                where
                    status = 'awaiting_member_check'
                    and period_type in ('loop', 'school_year')
                    and indicator_id in ('{{ waits_with | join("', '") }}')
            )
        select record.*, of_loop.school_id is not null or of_year.school_id is not null as awaits_school
        from {{ ref(gate) }} as record
        left join
            waiting as of_loop
            on record.school_id = of_loop.school_id
            and record.partnership_id = of_loop.partnership_id
            and of_loop.period_type = 'loop'
            and {% if has_loop %} record.loop_no::text
            {% else %} null::text
            {% endif %} = of_loop.period
        left join
            waiting as of_year
            on record.school_id = of_year.school_id
            and record.partnership_id = of_year.partnership_id
            and of_year.period_type = 'school_year'
            and record.school_year = of_year.period
    {%- else %} select * from {{ ref(gate) }}
    {%- endif %}
{% endmacro %}
