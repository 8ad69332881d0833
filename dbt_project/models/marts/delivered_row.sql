{{ config(materialized='view') }}
-- grain: one row per delivered row that counts now, with the loop and the years it belongs to and what it
-- is about; by this every number is walked back to file and row
with
    loop as (
        select school_id, partnership_id, loop_no, school_year, partnership_year_no from {{ ref('int_loop') }}
    ),
    member as (select school_id, partnership_id from {{ ref('int_partnership_school') }}),
    year as (
        select school_id, partnership_id, school_year, partnership_year_no from {{ ref('int_school_year') }}
    ),
    -- a meeting counts in its own year or in that of its loop, by what is counted; one from before the
    -- first loop
    -- belongs to that
    met as (
        select
            meeting.school_id,
            meeting.partnership_id,
            meeting.meeting_id,
            meeting.arena,
            meeting.loop_no,
            meeting.school_year,
            meeting.partnership_year_no
        from {{ ref('int_meeting') }} as meeting
        union
        select
            meeting.school_id,
            meeting.partnership_id,
            meeting.meeting_id,
            meeting.arena,
            loop.loop_no,
            loop.school_year,
            loop.partnership_year_no
        from {{ ref('int_meeting') }} as meeting
        inner join
            (
                select *, loop_no = min(loop_no) over (partition by school_id, partnership_id) as is_first
                from loop
            ) as loop
            on meeting.school_id = loop.school_id
            and meeting.partnership_id = loop.partnership_id
            and (
                meeting.loop_no = loop.loop_no
                or (meeting.loop_no is null and meeting.loop_relation = 'before_first_loop' and loop.is_first)
            )
    ),
    -- what was coded, in the year of its loop where it is of one
    coded as (
        select
            row.school_id,
            row.partnership_id,
            row.loop_no,
            coalesce(loop.school_year, row.school_year) as school_year,
            row.arena,
            row.codebook_version_id,
            row.file_id,
            row.row_number
        from {{ ref('stg_coded_count') }} as row
        left join loop using (school_id, partnership_id, loop_no)
    )
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    row.school_year,
    row.partnership_year_no,
    'loops' as file_type,
    '{}'::jsonb as about,
    row.file_id,
    row.row_number
from {{ ref('int_loop') }} as row
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'team_loops',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_team_loop') }} as row
inner join loop using (school_id, partnership_id, loop_no)
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'team_loop_phases',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_team_loop_phase') }} as row
inner join loop using (school_id, partnership_id, loop_no)
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    row.school_year,
    row.partnership_year_no,
    'meetings',
    jsonb_build_object('arena', place.arena),
    delivered.file_id,
    delivered.row_number
from met as row
inner join {{ ref('stg_meeting') }} as delivered using (school_id, partnership_id, meeting_id)
-- a meeting of these arenas may be the one after the loop too
cross join
    lateral(
        values
            (row.arena),
            (case when row.arena in ('development_group', 'leadership') then 'post_loop_meeting' end)
    ) as place(arena)
where place.arena is not null
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    row.school_year,
    row.partnership_year_no,
    'meeting_activities',
    jsonb_build_object('arena', row.arena),
    delivered.file_id,
    delivered.row_number
from met as row
inner join {{ ref('stg_meeting_activity') }} as delivered using (school_id, partnership_id, meeting_id)
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'log_counts',
    jsonb_strip_nulls(jsonb_build_object('item', item.origin_item_id)),
    row.file_id,
    row.row_number
from {{ ref('stg_log_count') }} as row
inner join loop using (school_id, partnership_id, loop_no)
left join {{ ref('int_log_item') }} as item using (school_id, log_instrument_version_id, item_id)
union all
-- the form's own rows of the rounds in which it was used
select
    row.school_id,
    round.partnership_id,
    round.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'log_instruments',
    jsonb_strip_nulls(jsonb_build_object('item', item.origin_item_id)),
    row.file_id,
    row.row_number
from {{ ref('stg_log_instrument') }} as row
inner join {{ ref('int_log_round') }} as round using (school_id, log_instrument_version_id)
inner join
    loop
    on round.school_id = loop.school_id
    and round.partnership_id = loop.partnership_id
    and round.loop_no = loop.loop_no
left join
    {{ ref('int_log_item') }} as item
    on row.school_id = item.school_id
    and row.log_instrument_version_id = item.log_instrument_version_id
    and row.item_id = item.item_id
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'log_rounds',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_log_round') }} as row
inner join loop using (school_id, partnership_id, loop_no)
union all
select
    row.school_id,
    year.partnership_id,
    null,
    row.school_year,
    year.partnership_year_no,
    'school_year',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_school_year') }} as row
inner join year using (school_id, school_year)
union all
select row.school_id, member.partnership_id, null, null, null, 'teams', '{}', row.file_id, row.row_number
from {{ ref('stg_team') }} as row
inner join member using (school_id)
union all
select
    row.school_id,
    row.partnership_id,
    null,
    null,
    null,
    'agreement_versions',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_agreement_version') }} as row
union all
select
    row.school_id,
    row.partnership_id,
    null,
    case when version.clocks_coincide then version.school_year end,
    row.partnership_year_no,
    'agreement_plan_years',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_agreement_plan_year') }} as row
inner join
    {{ ref('int_agreement_year') }} as version using (
        school_id, partnership_id, agreement_id, version_no, partnership_year_no
    )
union all
select
    row.school_id,
    row.partnership_id,
    null,
    null,
    null,
    'agreement_commitments',
    jsonb_build_object('party', row.party),
    row.file_id,
    row.row_number
from {{ ref('stg_agreement_commitment') }} as row
union all
select
    row.school_id,
    row.partnership_id,
    null,
    row.school_year,
    null,
    'commitment_reviews',
    jsonb_build_object('party', commitment.party),
    row.file_id,
    row.row_number
from {{ ref('stg_commitment_review') }} as row
inner join
    {{ ref('stg_agreement_commitment') }} as commitment using (
        school_id, partnership_id, agreement_id, version_no, commitment_no
    )
union all
select
    row.school_id, row.partnership_id, null, null, null, 'agreement_arenas', '{}', row.file_id, row.row_number
from {{ ref('stg_agreement_arena') }} as row
union all
select
    row.school_id,
    row.partnership_id,
    null,
    null,
    null,
    'expected_arena_links',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_expected_arena_link') }} as row
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'arena_links',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_arena_link') }} as row
inner join loop using (school_id, partnership_id, loop_no)
union all
select
    row.school_id,
    row.partnership_id,
    null,
    null,
    null,
    'development_areas',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_development_area') }} as row
union all
select
    row.school_id,
    row.partnership_id,
    null,
    dated.school_year,
    year.partnership_year_no,
    'decisions',
    jsonb_build_object('proposed_by', row.proposed_by, 'decided_by', row.decided_by),
    row.file_id,
    row.row_number
from {{ ref('stg_decision') }} as row
inner join
    {{ ref('int_dated_row') }} as dated
    on row.school_id = dated.school_id
    and row.partnership_id = dated.partnership_id
    and row.file_id = dated.file_id
    and row.row_number = dated.row_number
    and dated.file_type = 'decisions'
left join
    year
    on dated.school_id = year.school_id
    and dated.partnership_id = year.partnership_id
    and dated.school_year = year.school_year
union all
-- what an amendment rests on: rows that name the indicator they stand behind
select
    amendment.school_id,
    amendment.partnership_id,
    null,
    amendment.school_year,
    amendment.partnership_year_no,
    basis.file_type,
    jsonb_build_object('indicator', 'A3'),
    basis.file_id,
    basis.row_number
from {{ ref('int_amendment') }} as amendment
inner join
    {{ ref('stg_agreement_version') }} as version using (school_id, partnership_id, agreement_id, version_no)
inner join
    (
        select
            school_id, partnership_id, decision_id as basis_id, 'decisions' as file_type, file_id, row_number
        from {{ ref('stg_decision') }}
        union all
        select school_id, partnership_id, meeting_id, 'meetings', file_id, row_number
        from {{ ref('stg_meeting') }}
        union all
        select school_id, partnership_id, meeting_id, 'meeting_activities', file_id, row_number
        from {{ ref('stg_meeting_activity') }}
    ) as basis
    on amendment.school_id = basis.school_id
    and amendment.partnership_id = basis.partnership_id
    and version.change_basis_ref = basis.basis_id
union all
select
    row.school_id,
    loop.partnership_id,
    loop.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'template_versions',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_template_version') }} as row
inner join {{ ref('int_loop') }} as loop using (school_id, template_version_id)
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    row.school_year,
    year.partnership_year_no,
    'coded_counts',
    jsonb_build_object('arena', row.arena),
    row.file_id,
    row.row_number
from coded as row
left join year using (school_id, partnership_id, school_year)
union all
select
    row.school_id,
    coded.partnership_id,
    coded.loop_no,
    coded.school_year,
    year.partnership_year_no,
    'codebooks',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_codebook') }} as row
inner join coded using (school_id, codebook_version_id)
left join
    year
    on coded.school_id = year.school_id
    and coded.partnership_id = year.partnership_id
    and coded.school_year = year.school_year
union all
select
    row.school_id,
    member.partnership_id,
    null,
    null,
    null,
    'code_crosswalk',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_code_crosswalk') }} as row
inner join member using (school_id)
union all
select
    row.school_id,
    row.partnership_id,
    row.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'mirror_items',
    '{}',
    row.file_id,
    row.row_number
from {{ ref('stg_mirror_item') }} as row
inner join loop using (school_id, partnership_id, loop_no)
union all
select
    row.school_id,
    item.partnership_id,
    item.loop_no,
    loop.school_year,
    loop.partnership_year_no,
    'mirror_presentations',
    jsonb_build_object('arena', meeting.arena),
    row.file_id,
    row.row_number
from {{ ref('stg_mirror_presentation') }} as row
inner join {{ ref('stg_mirror_item') }} as item using (school_id, partnership_id, mirror_id)
inner join {{ ref('stg_meeting') }} as meeting using (school_id, partnership_id, meeting_id)
inner join
    loop
    on item.school_id = loop.school_id
    and item.partnership_id = loop.partnership_id
    and item.loop_no = loop.loop_no
union all
select
    row.school_id,
    row.partnership_id,
    null,
    dated.school_year,
    year.partnership_year_no,
    'member_checks',
    jsonb_build_object('object_type', row.object_type),
    row.file_id,
    row.row_number
from {{ ref('stg_member_check') }} as row
inner join
    {{ ref('int_dated_row') }} as dated
    on row.school_id = dated.school_id
    and row.partnership_id = dated.partnership_id
    and row.file_id = dated.file_id
    and row.row_number = dated.row_number
    and dated.file_type = 'member_checks'
left join
    year
    on dated.school_id = year.school_id
    and dated.partnership_id = year.partnership_id
    and dated.school_year = year.school_year
union all
-- notes on tools stand behind E5, notes on the phase of change behind I5
select
    row.school_id,
    row.partnership_id,
    row.first_loop_no,
    coalesce(loop.school_year, row.school_year),
    coalesce(loop.partnership_year_no, year.partnership_year_no),
    'notes',
    case
        when row.note_type in ('tool_introduction', 'tool_use')
        then jsonb_build_object('indicator', 'E5')
        else jsonb_build_object('indicator', 'I5', 'status', row.code)
    end,
    row.file_id,
    row.row_number
from {{ ref('stg_note') }} as row
left join
    loop
    on row.school_id = loop.school_id
    and row.partnership_id = loop.partnership_id
    and row.first_loop_no = loop.loop_no
left join
    year
    on row.school_id = year.school_id
    and row.partnership_id = year.partnership_id
    and row.school_year = year.school_year
where row.note_type in ('tool_introduction', 'tool_use', 'change_phase')
union all
-- what a stated total is about is its whole slice, and the indicator that it answers
select
    row.school_id,
    row.partnership_id,
    case when row.period_type = 'loop' then row.period_value::int end,
    case when row.period_type = 'school_year' then row.period_value end,
    case when row.period_type = 'partnership_year' then row.period_value::int end,
    'stated_totals',
    jsonb_build_object('indicator', row.measure, 'period_type', row.period_type) || coalesce(
        (
            select jsonb_object_agg(split_part(pair, '=', 1), split_part(pair, '=', 2))
            from unnest(string_to_array(row.slice, ';')) as pair
        ),
        '{}'::jsonb
    ),
    row.file_id,
    row.row_number
from {{ ref('stg_stated_total') }} as row
