{{ config(materialized='view') }}
-- grain: one row per delivered row that counts now, with the loop and the years it belongs to and what it is about; by this every number is walked back to file and row
with loop as (
    select school_id, partnership_id, loop_no, school_year, partnership_year_no from {{ ref('int_loop') }}
),
member as (
    select school_id, partnership_id from {{ ref('int_partnership_school') }}
),
year as (
    select school_id, partnership_id, school_year, partnership_year_no from {{ ref('int_school_year') }}
)
select row.school_id, row.partnership_id, row.loop_no, row.school_year, row.partnership_year_no, 'loops' as file_type, '{}'::jsonb as about, row.file_id, row.row_number
from {{ ref('int_loop') }} as row
union all
select row.school_id, row.partnership_id, row.loop_no, loop.school_year, loop.partnership_year_no, 'team_loops', '{}', row.file_id, row.row_number
from {{ ref('stg_team_loop') }} as row inner join loop using (school_id, partnership_id, loop_no)
union all
select row.school_id, row.partnership_id, row.loop_no, loop.school_year, loop.partnership_year_no, 'team_loop_phases', jsonb_build_object('used', row.used), row.file_id, row.row_number
from {{ ref('stg_team_loop_phase') }} as row inner join loop using (school_id, partnership_id, loop_no)
union all
select row.school_id, row.partnership_id, row.loop_no, row.school_year, row.partnership_year_no, 'meetings', jsonb_build_object('arena', row.arena), delivered.file_id, delivered.row_number
from {{ ref('int_meeting') }} as row inner join {{ ref('stg_meeting') }} as delivered using (school_id, meeting_id)
union all
select row.school_id, row.partnership_id, row.loop_no, row.school_year, row.partnership_year_no, 'meeting_activities',
    jsonb_strip_nulls(jsonb_build_object('arena', row.arena, 'led_by', delivered.led_by)), delivered.file_id, delivered.row_number
from {{ ref('int_meeting') }} as row inner join {{ ref('stg_meeting_activity') }} as delivered using (school_id, meeting_id)
union all
select row.school_id, row.partnership_id, row.loop_no, loop.school_year, loop.partnership_year_no, 'log_counts', jsonb_build_object('item', row.item_id), row.file_id, row.row_number
from {{ ref('stg_log_count') }} as row inner join loop using (school_id, partnership_id, loop_no)
union all
select row.school_id, row.partnership_id, row.loop_no, loop.school_year, loop.partnership_year_no, 'log_rounds', '{}', row.file_id, row.row_number
from {{ ref('stg_log_round') }} as row inner join loop using (school_id, partnership_id, loop_no)
union all
select row.school_id, year.partnership_id, null, row.school_year, year.partnership_year_no, 'school_year', '{}', row.file_id, row.row_number
from {{ ref('stg_school_year') }} as row inner join year using (school_id, school_year)
union all
select row.school_id, member.partnership_id, null, null, null, 'teams', '{}', row.file_id, row.row_number
from {{ ref('stg_team') }} as row inner join member using (school_id)
union all
select row.school_id, row.partnership_id, null, null, null, 'agreement_versions', '{}', row.file_id, row.row_number
from {{ ref('stg_agreement_version') }} as row
union all
select row.school_id, version.partnership_id, null, null, row.partnership_year_no, 'agreement_plan_years', '{}', row.file_id, row.row_number
from {{ ref('stg_agreement_plan_year') }} as row
inner join {{ ref('int_agreement_year') }} as version using (school_id, agreement_id, version_no, partnership_year_no)
union all
select row.school_id, version.partnership_id, null, null, null, 'agreement_commitments', jsonb_build_object('party', row.party), row.file_id, row.row_number
from {{ ref('stg_agreement_commitment') }} as row inner join {{ ref('stg_agreement_version') }} as version using (school_id, agreement_id, version_no)
union all
select row.school_id, version.partnership_id, null, row.school_year, null, 'commitment_reviews', jsonb_build_object('party', commitment.party), row.file_id, row.row_number
from {{ ref('stg_commitment_review') }} as row
inner join {{ ref('stg_agreement_commitment') }} as commitment using (school_id, agreement_id, version_no, commitment_no)
inner join {{ ref('stg_agreement_version') }} as version using (school_id, agreement_id, version_no)
union all
select row.school_id, version.partnership_id, null, null, null, 'agreement_arenas', '{}', row.file_id, row.row_number
from {{ ref('stg_agreement_arena') }} as row inner join {{ ref('stg_agreement_version') }} as version using (school_id, agreement_id, version_no)
union all
select row.school_id, member.partnership_id, null, null, null, 'expected_arena_links', '{}', row.file_id, row.row_number
from {{ ref('stg_expected_arena_link') }} as row inner join member using (school_id)
union all
select row.school_id, row.partnership_id, row.loop_no, loop.school_year, loop.partnership_year_no, 'arena_links', '{}', row.file_id, row.row_number
from {{ ref('stg_arena_link') }} as row inner join loop using (school_id, partnership_id, loop_no)
union all
select row.school_id, row.partnership_id, null, null, null, 'development_areas', '{}', row.file_id, row.row_number
from {{ ref('stg_development_area') }} as row
union all
select row.school_id, member.partnership_id, null, year.school_year, year.partnership_year_no, 'decisions',
    jsonb_build_object('proposed_by', row.proposed_by, 'decided_by', row.decided_by), row.file_id, row.row_number
from {{ ref('stg_decision') }} as row
inner join member using (school_id)
left join {{ ref('int_school_year') }} as year
    on row.school_id = year.school_id and member.partnership_id = year.partnership_id and row.decided_on >= year.year_start and row.decided_on < year.before_day
union all
-- what a stated total is about is its whole slice, and the indicator that it answers
select row.school_id, row.partnership_id,
    case when row.period_type = 'loop' then row.period_value::int end, case when row.period_type = 'school_year' then row.period_value end,
    case when row.period_type = 'partnership_year' then row.period_value::int end, 'stated_totals',
    jsonb_build_object('indicator', row.measure, 'period_type', row.period_type) || coalesce((
        select jsonb_object_agg(split_part(pair, '=', 1), split_part(pair, '=', 2)) from unnest(string_to_array(row.slice, ';')) as pair
    ), '{}'::jsonb), row.file_id, row.row_number
from {{ ref('stg_stated_total') }} as row
