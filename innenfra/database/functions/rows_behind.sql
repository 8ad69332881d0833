select behind.file_id, behind.file_name, behind.file_type, case when seen.in_full then behind.rows end
from {{ all_rows_behind }} as behind
cross join
    lateral(
        select
            authz.acts_as('school')
            or exists (
                select 1
                from published.indicator_value as value
                where
                    value.school_id = of_school
                    and value.partnership_id = of_partnership
                    and value.indicator_id = of_indicator
                    and value.definition_version = of_version
                    and value.period_type = of_period_type
                    and value.period = of_period
                    and value.slice = of_slice
                    and value.numerator is not null
            ) as in_full
    ) as seen
where
    behind.file_id = any(authz.visible_files())
    and of_school = any(authz.visible_schools())
    and of_indicator = any(authz.visible_indicators())
order by behind.file_id, behind.file_type
