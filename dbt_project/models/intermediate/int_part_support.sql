-- grain: one row per school, partnership, loop or school year, indicator S1–S4 and U3 and slice; a null numerator means that it was not observed
with completed_loop as (
    select * from {{ rows_of('int_loop') }} as loop where is_completed
),
year as (
    select * from {{ rows_of('int_school_year') }} as school_year
),
counted as (
    select
        count.school_id, count.partnership_id, count.school_year, count.loop_no, count.arena, count.codebook_version_id, code.codebook_family, code.category, code.level, code.code,
        code.canonical_code, count.n_units_with_code, count.n_units_base, count.n_teams, count.agreement_value
    from {{ rows_of('stg_coded_count') }} as count
    inner join {{ rows_of('int_code') }} as code using (school_id, codebook_version_id, code)
),
-- a unit may have several codes, so the base is taken once per loop, arena and codebook, never summed over codes
base as (
    select
        school_id, partnership_id, school_year, loop_no, arena, codebook_version_id, codebook_family,
        max(n_units_base) as units_n, max(n_teams) as teams_n, min(agreement_value) as agreement_value
    from counted
    group by 1, 2, 3, 4, 5, 6, 7
),
-- units that were coded for support; talk in the teams, coded beside it, is no part of them
support_base as (
    select *
    from base
    where exists (
        select 1 from counted
        where counted.school_id = base.school_id and counted.partnership_id = base.partnership_id and counted.school_year = base.school_year
            and counted.loop_no is not distinct from base.loop_no and counted.arena = base.arena and counted.codebook_version_id = base.codebook_version_id
            and counted.category not in ('talk', 'stance')
    )
),
support_of_year as (
    select
        base.school_id, base.partnership_id, base.school_year, base.codebook_family, category.category,
        sum(base.units_n) as units_n,
        sum(counted.n_units_with_code) as with_code_n,
        bool_and({{ coding_agreed('base.agreement_value') }}) as is_agreed
    from support_base as base
    cross join (values ('emotional_support'), ('organisational_support'), ('process_support'), ('local')) as category (category)
    left join counted
        on base.school_id = counted.school_id and base.partnership_id = counted.partnership_id and base.school_year = counted.school_year
        and base.loop_no is not distinct from counted.loop_no and base.arena = counted.arena and base.codebook_version_id = counted.codebook_version_id
        and counted.level = 'category' and counted.category = category.category
    group by 1, 2, 3, 4, 5
),
-- the same in each arena that was coded
support_in_arena as (
    select
        base.school_id, base.partnership_id, base.school_year, base.codebook_family, base.arena, category.category,
        sum(base.units_n) as units_n,
        sum(counted.n_units_with_code) as with_code_n,
        bool_and({{ coding_agreed('base.agreement_value') }}) as is_agreed
    from support_base as base
    cross join (values ('emotional_support'), ('organisational_support'), ('process_support')) as category (category)
    left join counted
        on base.school_id = counted.school_id and base.partnership_id = counted.partnership_id and base.school_year = counted.school_year
        and base.loop_no is not distinct from counted.loop_no and base.arena = counted.arena and base.codebook_version_id = counted.codebook_version_id
        and counted.level = 'category' and counted.category = category.category
    group by 1, 2, 3, 4, 5, 6
),
breadth as (
    select
        observed.school_id, observed.partnership_id, observed.school_year, listed.category,
        count(distinct listed.code) as listed_n,
        count(distinct listed.code) filter (where counted.n_units_with_code > 0) as observed_n
    from (select distinct school_id, partnership_id, school_year, codebook_version_id from counted) as observed
    inner join {{ rows_of('int_code') }} as listed
        on observed.school_id = listed.school_id and observed.codebook_version_id = listed.codebook_version_id and listed.level = 'subcategory'
    left join counted
        on observed.school_id = counted.school_id and observed.partnership_id = counted.partnership_id and observed.school_year = counted.school_year
        and observed.codebook_version_id = counted.codebook_version_id and listed.code = counted.code
    group by 1, 2, 3, 4
),
-- talk and stance in the teams' own work, per loop
team_talk as (
    select
        school_id, partnership_id, loop_no, codebook_family, category,
        sum(n_units_with_code) as units_n,
        sum(n_units_with_code) filter (where canonical_code = 'meaning_oriented') as meaning_n,
        sum(n_units_with_code) filter (where canonical_code = 'confirming_only') as confirming_n,
        sum(n_units_with_code) filter (where canonical_code = 'challenging_only') as challenging_n,
        sum(n_units_with_code) filter (where canonical_code = 'both') as both_n,
        max(n_teams) as teams_n,
        min(agreement_value) as agreement_value
    from counted
    where arena = 'team' and loop_no is not null and canonical_code is not null
    group by 1, 2, 3, 4, 5
),
metacommunication as (
    select
        school_id, partnership_id, school_year, arena,
        count(*) filter (where activities_n > 0) as coded_n,
        count(*) filter (where has_metacommunication) as with_it_n
    from {{ rows_of('int_meeting') }} as meeting
    where school_year is not null
    group by 1, 2, 3, 4
),
year_value as (
    select year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, 'S1' as indicator_id, jsonb_build_object('category', category.category) as slice,
        case when support.is_agreed then support.with_code_n end::numeric as numerator, case when support.is_agreed then support.units_n end::numeric as denominator,
        case when not support.is_agreed then 'insufficient' end as absence, support.codebook_family as comparison_family
    from year
    cross join (values ('emotional_support'), ('organisational_support'), ('process_support')) as category (category)
    left join support_of_year as support
        on year.school_id = support.school_id and year.partnership_id = support.partnership_id and year.school_year = support.school_year
        and category.category = support.category
    union all
    select school_id, partnership_id, school_year, year.partnership_year_no, 'S1', jsonb_build_object('category', support.category, 'arena', support.arena),
        case when support.is_agreed then support.with_code_n end, case when support.is_agreed then support.units_n end,
        case when not support.is_agreed then 'insufficient' end, support.codebook_family
    from year
    inner join support_in_arena as support using (school_id, partnership_id, school_year)
    union all
    select year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, 'S2', jsonb_build_object('category', category.category),
        case when support.is_agreed then breadth.observed_n end, case when support.is_agreed then breadth.listed_n end,
        case when not support.is_agreed then 'insufficient' end, null
    from year
    cross join (values ('emotional_support'), ('organisational_support'), ('process_support')) as category (category)
    left join breadth
        on year.school_id = breadth.school_id and year.partnership_id = breadth.partnership_id and year.school_year = breadth.school_year
        and category.category = breadth.category
    left join support_of_year as support
        on year.school_id = support.school_id and year.partnership_id = support.partnership_id and year.school_year = support.school_year
        and category.category = support.category
    union all
    select year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, 'S2', '{"measure": "unmapped"}',
        case when support.is_agreed then support.with_code_n end, case when support.is_agreed then support.units_n end,
        case when not support.is_agreed then 'insufficient' end, null
    from year
    left join support_of_year as support
        on year.school_id = support.school_id and year.partnership_id = support.partnership_id and year.school_year = support.school_year
        and support.category = 'local'
    union all
    select year.school_id, year.partnership_id, year.school_year, year.partnership_year_no, 'S4', jsonb_build_object('arena', arena.arena),
        case when meta.coded_n > 0 then meta.with_it_n end, nullif(meta.coded_n, 0), null, 'activity_codes'
    from year
    cross join (values ('full_staff'), ('development_group'), ('leadership'), ('cross_team_groups'), ('other_local')) as arena (arena)
    left join metacommunication as meta
        on year.school_id = meta.school_id and year.partnership_id = meta.partnership_id and year.school_year = meta.school_year and arena.arena = meta.arena
),
loop_value as (
    select loop.school_id, loop.partnership_id, loop.loop_no, 'U3' as indicator_id, '{}'::jsonb as slice,
        case when {{ coding_sufficient('talk.teams_n', 'talk.units_n', 'talk.agreement_value') }} then talk.meaning_n end::numeric as numerator,
        case when {{ coding_sufficient('talk.teams_n', 'talk.units_n', 'talk.agreement_value') }} then talk.units_n end::numeric as denominator,
        case when talk.loop_no is not null and not ({{ coding_sufficient('talk.teams_n', 'talk.units_n', 'talk.agreement_value') }}) then 'insufficient' end as absence
    from completed_loop as loop
    left join team_talk as talk
        on loop.school_id = talk.school_id and loop.partnership_id = talk.partnership_id and loop.loop_no = talk.loop_no and talk.category = 'talk'
    union all
    select loop.school_id, loop.partnership_id, loop.loop_no, 'S3', jsonb_build_object('stance', part.stance),
        case when {{ coding_agreed('stance.agreement_value') }} then part.n end, case when {{ coding_agreed('stance.agreement_value') }} then stance.units_n end,
        case when stance.loop_no is not null and not ({{ coding_agreed('stance.agreement_value') }}) then 'insufficient' end
    from completed_loop as loop
    left join team_talk as stance
        on loop.school_id = stance.school_id and loop.partnership_id = stance.partnership_id and loop.loop_no = stance.loop_no and stance.category = 'stance'
    cross join lateral (values ('confirming_only', stance.confirming_n), ('challenging_only', stance.challenging_n), ('both', stance.both_n)) as part (stance, n)
),
part as (
    select
        loop.school_id, loop.partnership_id, loop.loop_no, loop.school_year, loop.partnership_year_no, null::text as budget_year, value.indicator_id, value.slice,
        value.numerator, value.denominator, null::integer as n_respondents, value.absence, 'sum'::text as aggregation, null::text as comparison_family, null::text as only_clock
    from loop_value as value
    inner join completed_loop as loop using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, null, school_year, partnership_year_no, null, indicator_id, slice, numerator, denominator, null, absence, 'sum', comparison_family, null
    from year_value
)
select
    part.*,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
