with
    beside(indicator_id, file_types) as (values {{ beside }}),
    value as (
        select
            value.school_id,
            value.partnership_id,
            value.indicator_id,
            value.period_type,
            value.period,
            value.slice,
            value.is_stated,
            measure.needs || string_to_array(coalesce(beside.file_types, ''), ' ') as file_types
        from marts.indicator_value as value
        cross join
            lateral(
                select string_to_array(measure.needs, ' ') as needs
                from marts.indicator_measure as measure
                where
                    measure.indicator_id = value.indicator_id
                    and measure.definition_version = value.definition_version
                    and value.slice @> measure.slice::jsonb
                order by length(measure.slice) desc
                limit 1
            ) as measure
        left join beside using (indicator_id)
        where
            value.school_id = of_school
            and value.partnership_id = of_partnership
            and value.indicator_id = of_indicator
            and value.definition_version = of_version
            and value.slice = of_slice
            and case
                -- a block rests on what its school years rest on
                when of_period_type = 'year_block'
                then
                    value.period_type = 'school_year'
                    and value.period in (select school_year from gate.year_block where year_block = of_period)
                else value.period_type = of_period_type and value.period = of_period
            end
    )
select
    row.file_id,
    file.file_name,
    row.file_type,
    array_agg(distinct row.row_number::bigint order by row.row_number::bigint) as rows
from value
inner join
    marts.delivered_row as row
    -- said of the arguments, so that each part of the view is asked for the one school alone
    on row.school_id = of_school
    and row.partnership_id = of_partnership
    and case
        when value.is_stated
        then
            row.file_type = 'stated_totals'
            and row.about
            = value.slice
            || jsonb_build_object('indicator', value.indicator_id, 'period_type', value.period_type)
        else
            -- rows that name the indicator they stand behind are of no file that all its values rest on
            (
                row.file_type = any(value.file_types)
                or (row.about ->> 'indicator' = value.indicator_id and row.file_type <> 'stated_totals')
            )
            and not exists (
                select 1
                from jsonb_each_text(row.about) as said
                inner join
                    jsonb_each_text(
                        value.slice || jsonb_build_object('indicator', value.indicator_id)
                    ) as asked using (key)
                where said.value <> asked.value
            )
    end
    and case
        value.period_type
        when 'loop'
        then row.loop_no::text = value.period or row.loop_no is null
        when 'school_year'
        then
            row.school_year is null
            or row.school_year = value.period
            or (value.indicator_id = any(array{{ added_up }}) and row.school_year <= value.period)
        when 'partnership_year'
        then
            row.partnership_year_no is null
            or row.partnership_year_no::text = value.period
            or (
                (value.slice ->> 'reading' = 'cumulative' or value.indicator_id = any(array{{ added_up }}))
                and row.partnership_year_no <= value.period::int
            )
        else true
    end
inner join inbox.file as file using (file_id)
group by row.file_id, file.file_name, row.file_type
order by row.file_id, row.file_type
