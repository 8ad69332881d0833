{{ config(materialized='view') }}
-- grain: one row per indicator and delivered row that it rests on
with loop as (select school_id, partnership_id, loop_no, school_year, partnership_year_no from {{ ref('int_loop') }})
select school_id, partnership_id, indicator.id as indicator_id, loop_no, school_year, partnership_year_no, 'loops' as file_type, file_id, row_number
from {{ ref('int_loop') }} cross join (values ('A1'), ('U1'), ('C2'), ('A5')) as indicator (id)
union all
select plan.school_id, version.partnership_id, 'A1', null, null, plan.partnership_year_no, 'agreement_plan_years', plan.file_id, plan.row_number
from {{ ref('stg_agreement_plan_year') }} as plan
inner join {{ ref('int_agreement_year') }} as version using (school_id, agreement_id, version_no, partnership_year_no)
union all
select row.school_id, row.partnership_id, indicator.id, row.loop_no, loop.school_year, loop.partnership_year_no, 'team_loops', row.file_id, row.row_number
from {{ ref('stg_team_loop') }} as row inner join loop using (school_id, partnership_id, loop_no) cross join (values ('C1'), ('A4')) as indicator (id)
union all
select row.school_id, loop.partnership_id, indicator.id, row.loop_no, loop.school_year, loop.partnership_year_no, 'meetings', row.file_id, row.row_number
from {{ ref('stg_meeting') }} as row inner join loop using (school_id, loop_no) cross join (values ('A4'), ('A5'), ('C4')) as indicator (id)
union all
select row.school_id, row.partnership_id, 'E3', row.loop_no, loop.school_year, loop.partnership_year_no, 'log_counts', row.file_id, row.row_number
from {{ ref('stg_log_count') }} as row inner join loop using (school_id, partnership_id, loop_no)
union all
select row.school_id, version.partnership_id, indicator.id, null, row.school_year, row.partnership_year_no, 'school_year', row.file_id, row.row_number
from {{ ref('stg_school_year') }} as row
inner join (select distinct school_id, partnership_id from {{ ref('stg_agreement_version') }}) as version using (school_id)
cross join (values ('A6'), ('I1'), ('I2')) as indicator (id)
union all
select team.school_id, version.partnership_id, indicator.id, null, null, null, 'teams', team.file_id, team.row_number
from {{ ref('stg_team') }} as team
inner join (select distinct school_id, partnership_id from {{ ref('stg_agreement_version') }}) as version using (school_id)
cross join (values ('C4'), ('C2'), ('C1')) as indicator (id)
union all
select school_id, partnership_id, measure, case when period_type = 'loop' then period_value::int end, case when period_type = 'school_year' then period_value end,
    case when period_type = 'partnership_year' then period_value::int end, 'stated_totals', file_id, row_number
from {{ ref('stg_stated_total') }}
