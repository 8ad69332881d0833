-- grain: one row per school, partnership, loop or school year, indicator S1–S4 and U3 and slice; a null
-- numerator means that it was not observed
with
    loop as (select * from {{ rows_of('int_loop') }} as loop),
    held_loop as (select * from loop where is_held),
    year as (select * from {{ rows_of('int_school_year') }} as school_year),
    -- what was coded of a loop that was not held counts nowhere; the rest is of the year of its loop, else
    -- of its own
    counted as (
        select
            count.school_id,
            count.partnership_id,
            coalesce(loop.school_year, count.school_year) as school_year,
            count.loop_no,
            count.arena,
            count.codebook_version_id,
            code.codebook_id,
            code.codebook_family,
            code.category,
            code.level,
            code.code,
            code.canonical_code,
            count.n_units_with_code,
            count.n_units_base,
            count.n_teams,
            count.agreement_value
        from {{ rows_of('stg_coded_count') }} as count
        inner join {{ rows_of('int_code') }} as code using (school_id, codebook_version_id, code)
        left join loop using (school_id, partnership_id, loop_no)
        where count.loop_no is null or coalesce(loop.is_held, true)
    ),
    -- a unit may have several codes, so the base is taken once per loop, arena and codebook, never summed
    -- over codes
    base as (
        select
            school_id,
            partnership_id,
            school_year,
            loop_no,
            arena,
            codebook_version_id,
            codebook_family,
            max(n_units_base) as units_n,
            max(n_teams) as teams_n,
            min(agreement_value) as agreement_value
        from counted
        group by school_id, partnership_id, school_year, loop_no, arena, codebook_version_id, codebook_family
    ),
    -- units that were coded for support; talk in the teams, coded beside it, is no part of them
    support_base as (
        select *
        from base
        where
            exists (
                select 1
                from counted
                where
                    counted.school_id = base.school_id
                    and counted.partnership_id = base.partnership_id
                    and counted.school_year = base.school_year
                    and counted.loop_no is not distinct from base.loop_no
                    and counted.arena = base.arena
                    and counted.codebook_version_id = base.codebook_version_id
                    and counted.category not in ('talk', 'stance')
            )
    ),
    support_of_year as (
        select
            base.school_id,
            base.partnership_id,
            base.school_year,
            base.codebook_family,
            category.category,
            sum(base.units_n) as units_n,
            sum(counted.n_units_with_code) as with_code_n,
            bool_and({{ coding_agreed('base.agreement_value') }}) as is_agreed
        from support_base as base
        cross join
            (
                values ('emotional_support'), ('organisational_support'), ('process_support'), ('local')
            ) as category(category)
        left join
            counted
            on base.school_id = counted.school_id
            and base.partnership_id = counted.partnership_id
            and base.school_year = counted.school_year
            and base.loop_no is not distinct from counted.loop_no
            and base.arena = counted.arena
            and base.codebook_version_id = counted.codebook_version_id
            and counted.level = 'category'
            and counted.category = category.category
        group by
            base.school_id, base.partnership_id, base.school_year, base.codebook_family, category.category
    ),
    -- the same in each arena that was coded
    support_in_arena as (
        select
            base.school_id,
            base.partnership_id,
            base.school_year,
            base.codebook_family,
            base.arena,
            category.category,
            sum(base.units_n) as units_n,
            sum(counted.n_units_with_code) as with_code_n,
            bool_and({{ coding_agreed('base.agreement_value') }}) as is_agreed
        from support_base as base
        cross join
            (values ('emotional_support'), ('organisational_support'), ('process_support')) as category(
                category
            )
        left join
            counted
            on base.school_id = counted.school_id
            and base.partnership_id = counted.partnership_id
            and base.school_year = counted.school_year
            and base.loop_no is not distinct from counted.loop_no
            and base.arena = counted.arena
            and base.codebook_version_id = counted.codebook_version_id
            and counted.level = 'category'
            and counted.category = category.category
        group by
            base.school_id,
            base.partnership_id,
            base.school_year,
            base.codebook_family,
            base.arena,
            category.category
    ),
    -- S2: a code counts once in each period, whichever version of its codebook was used; listed is what any
    -- of them lists
    coded_in_clock as (
        select distinct
            counted.school_id,
            counted.partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then counted.school_year end as school_year,
            case
                when clock.period_type = 'partnership_year' then year.partnership_year_no
            end as partnership_year_no,
            counted.codebook_id,
            counted.codebook_version_id,
            counted.code,
            counted.n_units_with_code > 0 as is_observed
        from counted
        left join year using (school_id, partnership_id, school_year)
        cross join (values ('school_year'), ('partnership_year'), ('project')) as clock(period_type)
        where
            counted.category not in ('talk', 'stance')
            and (clock.period_type <> 'partnership_year' or year.partnership_year_no is not null)
    ),
    breadth as (
        select
            used.school_id,
            used.partnership_id,
            used.period_type,
            used.school_year,
            used.partnership_year_no,
            listed.category,
            count(distinct(listed.codebook_id, listed.code)) as listed_n,
            count(distinct(listed.codebook_id, listed.code)) filter (
                where observed.code is not null
            ) as observed_n
        from
            (
                select distinct
                    school_id,
                    partnership_id,
                    period_type,
                    school_year,
                    partnership_year_no,
                    codebook_version_id
                from coded_in_clock
            ) as used
        inner join
            {{ rows_of('int_code') }} as listed
            on used.school_id = listed.school_id
            and used.codebook_version_id = listed.codebook_version_id
            and listed.level = 'subcategory'
        left join
            coded_in_clock as observed
            on used.school_id = observed.school_id
            and used.partnership_id = observed.partnership_id
            and used.period_type = observed.period_type
            and used.school_year is not distinct from observed.school_year
            and used.partnership_year_no is not distinct from observed.partnership_year_no
            and listed.codebook_id = observed.codebook_id
            and listed.code = observed.code
            and observed.is_observed
        group by
            used.school_id,
            used.partnership_id,
            used.period_type,
            used.school_year,
            used.partnership_year_no,
            listed.category
    ),
    agreed_in_clock as (
        select
            base.school_id,
            base.partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then base.school_year end as school_year,
            case
                when clock.period_type = 'partnership_year' then year.partnership_year_no
            end as partnership_year_no,
            bool_and({{ coding_agreed('base.agreement_value') }}) as is_agreed
        from support_base as base
        left join year using (school_id, partnership_id, school_year)
        cross join (values ('school_year'), ('partnership_year'), ('project')) as clock(period_type)
        where clock.period_type <> 'partnership_year' or year.partnership_year_no is not null
        group by
            base.school_id,
            base.partnership_id,
            clock.period_type,
            case when clock.period_type = 'school_year' then base.school_year end,
            case when clock.period_type = 'partnership_year' then year.partnership_year_no end
    ),
    breadth_value as (
        select
            agreed.school_id,
            agreed.partnership_id,
            agreed.period_type,
            agreed.school_year,
            agreed.partnership_year_no,
            category.category,
            case when agreed.is_agreed then breadth.observed_n end::numeric as numerator,
            case when agreed.is_agreed then breadth.listed_n end::numeric as denominator,
            case when not agreed.is_agreed then 'insufficient' end as absence
        from agreed_in_clock as agreed
        cross join
            (values ('emotional_support'), ('organisational_support'), ('process_support')) as category(
                category
            )
        left join
            breadth
            on agreed.school_id = breadth.school_id
            and agreed.partnership_id = breadth.partnership_id
            and agreed.period_type = breadth.period_type
            and agreed.school_year is not distinct from breadth.school_year
            and agreed.partnership_year_no is not distinct from breadth.partnership_year_no
            and category.category = breadth.category
        union all
        -- years in which nothing was coded
        select
            year.school_id,
            year.partnership_id,
            'school_year',
            year.school_year,
            null,
            category.category,
            null,
            null,
            null
        from year
        cross join
            (values ('emotional_support'), ('organisational_support'), ('process_support')) as category(
                category
            )
        where
            not exists (
                select 1
                from agreed_in_clock as agreed
                where
                    agreed.school_id = year.school_id
                    and agreed.partnership_id = year.partnership_id
                    and agreed.period_type = 'school_year'
                    and agreed.school_year = year.school_year
            )
    ),
    -- talk and stance in the teams' own work, per loop
    team_talk as (
        select
            school_id,
            partnership_id,
            loop_no,
            codebook_family,
            category,
            sum(n_units_with_code) as units_n,
            sum(n_units_with_code) filter (where canonical_code = 'meaning_oriented') as meaning_n,
            sum(n_units_with_code) filter (where canonical_code = 'confirming_only') as confirming_n,
            sum(n_units_with_code) filter (where canonical_code = 'challenging_only') as challenging_n,
            sum(n_units_with_code) filter (where canonical_code = 'both') as both_n,
            max(n_teams) as teams_n,
            min(agreement_value) as agreement_value
        from counted
        where arena = 'team' and loop_no is not null and canonical_code is not null
        group by school_id, partnership_id, loop_no, codebook_family, category
    ),
    -- stance is told of all units that were coded for it, whether or not they had one
    stance_base as (
        select school_id, partnership_id, loop_no, max(n_units_base) as units_n
        from counted
        where arena = 'team' and loop_no is not null and category = 'stance'
        group by school_id, partnership_id, loop_no
    ),
    -- held loops in which no teacher educator was in any team: there is no stance to tell of
    no_educator as (
        select school_id, partnership_id, loop_no
        from {{ rows_of('stg_team_loop') }} as team_loop
        group by school_id, partnership_id, loop_no
        having bool_and('yes' not in (te_in_planning, te_in_evaluation, te_in_research_lesson))
    ),
    meetings_told as (
        select school_id, partnership_id, period as school_year
        from {{ rows_of('int_delivered_period') }} as said
        where
            period_type = 'school_year'
            and file_type in ('meetings', 'meeting_activities')
            and completeness = 'complete'
        group by school_id, partnership_id, period
        having count(*) = 2
    ),
    metacommunication as (
        select
            school_id,
            partnership_id,
            school_year,
            arena,
            count(*) filter (where activities_n > 0) as coded_n,
            count(*) filter (where has_metacommunication) as with_it_n,
            bool_or(activities_n > 0 and year_is_provisional) as year_is_provisional
        from {{ rows_of('int_meeting') }} as meeting
        where school_year is not null
        group by school_id, partnership_id, school_year, arena
    ),
    year_value as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            'S1' as indicator_id,
            jsonb_build_object('category', category.category) as slice,
            case when support.is_agreed then support.with_code_n end::numeric as numerator,
            case when support.is_agreed then support.units_n end::numeric as denominator,
            case when not support.is_agreed then 'insufficient' end as absence,
            support.codebook_family as comparison_family
        from year
        cross join
            (values ('emotional_support'), ('organisational_support'), ('process_support')) as category(
                category
            )
        left join
            support_of_year as support
            on year.school_id = support.school_id
            and year.partnership_id = support.partnership_id
            and year.school_year = support.school_year
            and category.category = support.category
        union all
        select
            school_id,
            partnership_id,
            school_year,
            year.partnership_year_no,
            'S1',
            jsonb_build_object('category', support.category, 'arena', support.arena),
            case when support.is_agreed then support.with_code_n end,
            case when support.is_agreed then support.units_n end,
            case when not support.is_agreed then 'insufficient' end,
            support.codebook_family
        from year
        inner join support_in_arena as support using (school_id, partnership_id, school_year)
        union all
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            'S2',
            '{"measure": "unmapped"}',
            case when support.is_agreed then support.with_code_n end,
            case when support.is_agreed then support.units_n end,
            case when not support.is_agreed then 'insufficient' end,
            null
        from year
        left join
            support_of_year as support
            on year.school_id = support.school_id
            and year.partnership_id = support.partnership_id
            and year.school_year = support.school_year
            and support.category = 'local'
        union all
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            'S4',
            jsonb_build_object('arena', arena.arena),
            case when meta.coded_n > 0 then meta.with_it_n end,
            nullif(meta.coded_n, 0),
            -- all meetings and what was done in them are told, and none was in this arena
            case when told.school_year is not null then 'not_applicable' end,
            'activity_codes'
        from year
        cross join
            (
                values
                    ('full_staff'),
                    ('development_group'),
                    ('leadership'),
                    ('cross_team_groups'),
                    ('other_local')
            ) as arena(arena)
        left join
            metacommunication as meta
            on year.school_id = meta.school_id
            and year.partnership_id = meta.partnership_id
            and year.school_year = meta.school_year
            and arena.arena = meta.arena
        left join
            meetings_told as told
            on year.school_id = told.school_id
            and year.partnership_id = told.partnership_id
            and year.school_year = told.school_year
    ),
    -- what is said of the coding of each loop: where all is told, and it is nothing, there is nothing to
    -- take a share of
    coding_told as (
        select school_id, partnership_id, period::integer as loop_no, completeness
        from {{ rows_of('int_delivered_period') }} as delivered
        where period_type = 'loop' and file_type = 'coded_counts'
    ),
    loop_value as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            'U3' as indicator_id,
            '{}'::jsonb as slice,
            case
                when {{ coding_sufficient('talk.teams_n', 'talk.units_n', 'talk.agreement_value') }}
                then talk.meaning_n
            end::numeric as numerator,
            case
                when {{ coding_sufficient('talk.teams_n', 'talk.units_n', 'talk.agreement_value') }}
                then talk.units_n
            end::numeric as denominator,
            case
                when
                    talk.loop_no is not null
                    and not ({{ coding_sufficient('talk.teams_n', 'talk.units_n', 'talk.agreement_value') }})
                then 'insufficient'
                when talk.loop_no is null and told.completeness = 'complete'
                then 'not_applicable'
            end as absence
        from held_loop as loop
        left join coding_told as told using (school_id, partnership_id, loop_no)
        left join
            team_talk as talk
            on loop.school_id = talk.school_id
            and loop.partnership_id = talk.partnership_id
            and loop.loop_no = talk.loop_no
            and talk.category = 'talk'
        union all
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            'S3',
            jsonb_build_object('stance', part.stance),
            case when {{ coding_agreed('stance.agreement_value') }} then part.n end,
            case when {{ coding_agreed('stance.agreement_value') }} then stance_base.units_n end,
            case
                when stance.loop_no is not null and not ({{ coding_agreed('stance.agreement_value') }})
                then 'insufficient'
                when
                    stance.loop_no is null
                    and (no_educator.loop_no is not null or told.completeness = 'complete')
                then 'not_applicable'
            end
        from held_loop as loop
        left join coding_told as told using (school_id, partnership_id, loop_no)
        left join
            team_talk as stance
            on loop.school_id = stance.school_id
            and loop.partnership_id = stance.partnership_id
            and loop.loop_no = stance.loop_no
            and stance.category = 'stance'
        left join
            stance_base
            on loop.school_id = stance_base.school_id
            and loop.partnership_id = stance_base.partnership_id
            and loop.loop_no = stance_base.loop_no
        left join
            no_educator
            on loop.school_id = no_educator.school_id
            and loop.partnership_id = no_educator.partnership_id
            and loop.loop_no = no_educator.loop_no
        cross join
            lateral(
                values
                    ('confirming_only', stance.confirming_n),
                    ('challenging_only', stance.challenging_n),
                    ('both', stance.both_n)
            ) as part(stance, n)
    ),
    part as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            loop.school_year,
            loop.partnership_year_no,
            null::text as budget_year,
            value.indicator_id,
            value.slice,
            value.numerator,
            value.denominator,
            null::integer as n_respondents,
            value.absence,
            'sum'::text as aggregation,
            null::text as comparison_family,
            null::text as only_clock
        from loop_value as value
        inner join held_loop as loop using (school_id, partnership_id, loop_no)
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            null,
            indicator_id,
            slice,
            numerator,
            denominator,
            null,
            absence,
            'sum',
            comparison_family,
            null
        from year_value
        union all
        select
            school_id,
            partnership_id,
            null,
            school_year,
            partnership_year_no,
            null,
            'S2',
            jsonb_build_object('category', category),
            numerator,
            denominator,
            null,
            absence,
            'sum',
            null,
            period_type
        from breadth_value
    )
select
    part.*,
    case when loop.year_is_provisional or meta.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
left join
    metacommunication as meta
    on part.school_id = meta.school_id
    and part.partnership_id = meta.partnership_id
    and part.school_year = meta.school_year
    and part.indicator_id = 'S4'
    and part.slice ->> 'arena' = meta.arena
