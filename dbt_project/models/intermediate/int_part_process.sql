-- grain: one row per school, partnership, loop or clock, indicator P1–P5 and slice; a null numerator means
-- that it was not observed
with
    held_loop as (select * from {{ rows_of('int_loop') }} as loop where is_held),
    -- a team loop counts here where the team completed it
    team_loop as (
        select team_loop.*
        from {{ rows_of('stg_team_loop') }} as team_loop
        inner join held_loop using (school_id, partnership_id, loop_no)
        where team_loop.status = 'completed'
    ),
    -- phases of each version of a template, with what they answer to in the common model of five phases
    template_phase as (
        select school_id, template_id, template_version_id, phase_no, canonical_phase
        from {{ rows_of('stg_template_version') }} as delivered
    ),
    template as (
        select
            school_id,
            template_version_id,
            max(template_id) as template_id,
            count(*) as phases_n,
            bool_or(canonical_phase = 'pre_analysis') as has_pre_analysis
        from template_phase
        group by school_id, template_version_id
    ),
    -- a template of the school's own counts as its own family, once it is delivered
    loop_with_template as (
        select
            loop.*,
            template.template_id,
            template.phases_n,
            template.has_pre_analysis,
            'template:' || coalesce(template.template_id, loop.template_version_id) as template_family,
            case
                when loop.template_status in ('none_yet', 'dropped')
                then 'not_applicable'
                when loop.template_status = 'own_template' and template.template_id is null
                then 'not_applicable'
            end as template_absence
        from held_loop as loop
        left join template using (school_id, template_version_id)
    ),
    phase_used as (
        select
            used.school_id,
            used.partnership_id,
            used.loop_no,
            used.team_id,
            used.template_version_id,
            used.used,
            template_phase.canonical_phase
        from {{ rows_of('stg_team_loop_phase') }} as used
        inner join held_loop as loop using (school_id, partnership_id, loop_no, template_version_id)
        left join template_phase using (school_id, template_version_id, phase_no)
    ),
    phase_of_loop as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(distinct team_id) as teams_n,
            count(*) as recorded_n,
            count(*) filter (where used = 'yes') as yes_n,
            count(*) filter (where used = 'partly') as partly_n,
            count(*) filter (where used = 'no') as no_n
        from phase_used
        group by school_id, partnership_id, loop_no
    ),
    phases as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            loop.school_year,
            loop.partnership_year_no,
            loop.year_is_provisional,
            loop.template_id,
            loop.template_family,
            loop.template_absence,
            answer.used,
            answer.n::numeric as numerator,
            coalesce(loop.phases_n * phase_of_loop.teams_n, phase_of_loop.recorded_n)::numeric as denominator
        from loop_with_template as loop
        left join phase_of_loop using (school_id, partnership_id, loop_no)
        cross join
            lateral(
                values
                    ('yes', phase_of_loop.yes_n),
                    ('partly', phase_of_loop.partly_n),
                    ('no', phase_of_loop.no_n)
            ) as answer(used, n)
    ),
    phases_in_clock as (
        select
            phases.*,
            clock.period_type,
            case when clock.period_type = 'loop' then phases.loop_no end as of_loop,
            case when clock.period_type = 'school_year' then phases.school_year end as of_school_year,
            case
                when clock.period_type = 'partnership_year' then phases.partnership_year_no
            end as of_partnership_year
        from phases
        cross join (values ('loop'), ('school_year'), ('partnership_year'), ('project')) as clock(period_type)
    ),
    templates_in_clock as (
        select
            school_id,
            partnership_id,
            period_type,
            of_loop,
            of_school_year,
            of_partnership_year,
            count(distinct template_id) filter (where template_absence is null) as templates_n
        from phases_in_clock
        group by school_id, partnership_id, period_type, of_loop, of_school_year, of_partnership_year
    ),
    -- phases of two templates are never added: a period with several has a row for each
    phase_value as (
        select
            phases.*,
            jsonb_build_object('used', phases.used) || case
                when templates.templates_n > 1 and phases.template_absence is null
                then jsonb_build_object('template', coalesce(phases.template_id, 'unknown'))
                else '{}'
            end as slice
        from phases_in_clock as phases
        inner join
            templates_in_clock as templates
            on phases.school_id = templates.school_id
            and phases.partnership_id = templates.partnership_id
            and phases.period_type = templates.period_type
            and phases.of_loop is not distinct from templates.of_loop
            and phases.of_school_year is not distinct from templates.of_school_year
            and phases.of_partnership_year is not distinct from templates.of_partnership_year
        -- where there are several, a loop without any says nothing more
        where templates.templates_n <= 1 or phases.template_absence is null
    ),
    pre_analysis as (
        select
            team_loop.school_id,
            team_loop.partnership_id,
            team_loop.loop_no,
            count(*) as known_n,
            count(*) filter (
                where pre.used = 'yes' and team_loop.goal_formulated_before_design = 'yes'
            ) as done_n
        from team_loop
        inner join
            (
                select school_id, partnership_id, loop_no, team_id, max(used) as used
                from phase_used
                where canonical_phase = 'pre_analysis'
                group by school_id, partnership_id, loop_no, team_id
            ) as pre using (school_id, partnership_id, loop_no, team_id)
        where team_loop.goal_formulated_before_design is not null
        group by team_loop.school_id, team_loop.partnership_id, team_loop.loop_no
    ),
    observed as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(*) filter (
                where
                    observers_n is not null
                    and observation_focus_recorded is not null
                    and evaluation_min is not null
            ) as known_n,
            count(*) filter (
                where observers_n >= 1 and observation_focus_recorded = 'yes' and evaluation_min > 0
            ) as all_three_n,
            count(*) filter (
                where
                    observers_n >= 1 and observation_focus_recorded is not null and evaluation_min is not null
            ) as observers_n,
            count(*) filter (
                where
                    observation_focus_recorded = 'yes'
                    and observers_n is not null
                    and evaluation_min is not null
            ) as focus_n,
            count(*) filter (
                where
                    evaluation_min > 0 and observers_n is not null and observation_focus_recorded is not null
            ) as evaluation_n,
            count(*) filter (where research_lessons_held_n > 1) as retaught_n,
            count(*) as team_loops_n
        from team_loop
        group by school_id, partnership_id, loop_no
    ),
    goal as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(*) as known_n,
            count(*) filter (where goal_subject = 'yes' and goal_cross_curricular = 'yes') as both_n,
            count(*) filter (where goal_subject = 'yes' and goal_cross_curricular = 'no') as subject_n,
            count(*) filter (
                where goal_subject = 'no' and goal_cross_curricular = 'yes'
            ) as cross_curricular_n,
            count(*) filter (where goal_subject = 'no' and goal_cross_curricular = 'no') as none_n
        from team_loop
        where goal_subject is not null and goal_cross_curricular is not null
        group by school_id, partnership_id, loop_no
    ),
    -- P5: items that tell whether the practice is wanted and, where it is, how many teams have an example
    told_item as (
        select
            school_id,
            partnership_id,
            loop_no,
            teams_with_data_n,
            teams_with_example_n,
            desired_practice = 'yes' as is_desired,
            desired_practice = 'yes' and coalesce(all_teams_included = 'yes', false) as says_all,
            coalesce(
                desired_practice = 'no'
                or (desired_practice = 'yes' and all_teams_included = 'yes')
                or (desired_practice = 'yes' and teams_with_example_n is not null),
                false
            ) as is_told
        from {{ rows_of('stg_mirror_item') }} as item
    ),
    item_of_loop as (
        select
            school_id,
            partnership_id,
            loop_no,
            max(teams_with_data_n) as with_data_n,
            count(*) filter (where is_told) as told_n,
            count(*) filter (where not is_told) as untold_n,
            count(*) filter (where is_told and is_desired) as desired_n,
            coalesce(bool_or(says_all), false) as one_says_all,
            -- items do not say which teams: the largest item is the fewest that there can be
            coalesce(max(teams_with_example_n) filter (where is_told and is_desired), 0) as largest_n,
            sum(teams_with_example_n) filter (where is_told and is_desired) as examples_n
        from told_item
        where teams_with_data_n > 0
        group by school_id, partnership_id, loop_no
    ),
    mirrored as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            item.with_data_n,
            case
                when item.one_says_all
                then item.with_data_n
                -- where nothing that is wanted is told, and something is not told, any number would be a
                -- guess
                when item.told_n > 0 and (item.desired_n > 0 or item.untold_n = 0)
                then item.largest_n
            end as at_least_n,
            -- one item is exact; of several, the others may have other teams
            (item.desired_n > 1 or item.untold_n > 0)
            and not item.one_says_all
            and item.largest_n < item.with_data_n as may_be_more,
            case
                when item.told_n > 0
                then
                    case
                        when item.one_says_all or item.largest_n >= item.with_data_n
                        then 'yes'
                        -- no is known of one item alone, or where all of them together are too few
                        when item.untold_n = 0 and (item.desired_n <= 1 or item.examples_n < item.with_data_n)
                        then 'no'
                        else 'not_known'
                    end
            end as all_seen,
            -- all mirror data of the loop are told, and there were none
            any_item.loop_no is null and coalesce(told.completeness = 'complete', false) as has_none
        from held_loop as loop
        left join item_of_loop as item using (school_id, partnership_id, loop_no)
        left join
            (select distinct school_id, partnership_id, loop_no from told_item) as any_item using (
                school_id, partnership_id, loop_no
            )
        left join
            {{ rows_of('int_delivered_period') }} as told
            on loop.school_id = told.school_id
            and loop.partnership_id = told.partnership_id
            and told.file_type = 'mirror_items'
            and told.period_type = 'loop'
            and told.period = loop.loop_no::text
    ),
    mirrored_in_clock as (
        select
            mirrored.*,
            loop.year_is_provisional,
            clock.period_type,
            case when clock.period_type = 'loop' then mirrored.loop_no end as of_loop,
            case when clock.period_type = 'school_year' then loop.school_year end as of_school_year,
            case
                when clock.period_type = 'partnership_year' then loop.partnership_year_no
            end as of_partnership_year
        from mirrored
        inner join held_loop as loop using (school_id, partnership_id, loop_no)
        cross join (values ('loop'), ('school_year'), ('partnership_year'), ('project')) as clock(period_type)
    ),
    -- what is not known of a loop is told beside, and never left out of a share
    all_seen as (
        select
            school_id,
            partnership_id,
            period_type,
            of_loop,
            of_school_year,
            of_partnership_year,
            count(*) filter (where all_seen = 'yes') as yes_n,
            count(*) filter (where all_seen = 'no') as no_n,
            count(*) filter (where all_seen = 'not_known') as not_known_n,
            count(all_seen) as told_n,
            bool_and(has_none) as has_none,
            bool_or(year_is_provisional and all_seen is not null) as year_is_provisional
        from mirrored_in_clock
        group by school_id, partnership_id, period_type, of_loop, of_school_year, of_partnership_year
    ),
    loop_value as (
        select
            school_id,
            partnership_id,
            loop_no,
            'P2' as indicator_id,
            '{}'::jsonb as slice,
            pre_analysis.done_n::numeric as numerator,
            pre_analysis.known_n::numeric as denominator,
            coalesce(
                loop.template_absence,
                case when not loop.has_pre_analysis then 'not_applicable' end,
                completion.absence_of_completed
            ) as absence,
            'canonical_phases' as comparison_family,
            null::text as note
        from loop_with_template as loop
        inner join
            {{ rows_of('int_loop_completion') }} as completion using (school_id, partnership_id, loop_no)
        left join pre_analysis using (school_id, partnership_id, loop_no)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'P3',
            part.slice::jsonb,
            case when loop.method = 'lesson_study' and observed.known_n > 0 then part.n end,
            nullif(observed.known_n, 0),
            case
                when loop.method <> 'lesson_study' then 'not_applicable' else completion.absence_of_completed
            end,
            null,
            null
        from held_loop as loop
        inner join
            {{ rows_of('int_loop_completion') }} as completion using (school_id, partnership_id, loop_no)
        left join observed using (school_id, partnership_id, loop_no)
        cross join
            lateral(
                values
                    ('{}', observed.all_three_n),
                    ('{"component": "observers"}', observed.observers_n),
                    ('{"component": "focus"}', observed.focus_n),
                    ('{"component": "evaluation"}', observed.evaluation_n)
            ) as part(slice, n)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'P3',
            '{"measure": "retaught"}',
            case when loop.method = 'lesson_study' then observed.retaught_n end,
            observed.team_loops_n,
            case
                when loop.method <> 'lesson_study' then 'not_applicable' else completion.absence_of_completed
            end,
            null,
            null
        from held_loop as loop
        inner join
            {{ rows_of('int_loop_completion') }} as completion using (school_id, partnership_id, loop_no)
        left join observed using (school_id, partnership_id, loop_no)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'P4',
            part.slice::jsonb,
            part.n,
            goal.known_n,
            completion.absence_of_completed,
            'goal_kinds',
            null
        from held_loop
        inner join
            {{ rows_of('int_loop_completion') }} as completion using (school_id, partnership_id, loop_no)
        left join goal using (school_id, partnership_id, loop_no)
        cross join
            lateral(
                values
                    ('{}', goal.both_n),
                    ('{"goals": "both"}', goal.both_n),
                    ('{"goals": "subject"}', goal.subject_n),
                    ('{"goals": "cross_curricular"}', goal.cross_curricular_n),
                    ('{"goals": "none"}', goal.none_n)
            ) as part(slice, n)
        union all
        select
            school_id,
            partnership_id,
            loop_no,
            'P5',
            '{"measure": "teams"}',
            at_least_n,
            case when at_least_n is not null then with_data_n end,
            case when has_none then 'not_applicable' end,
            null,
            case when at_least_n is not null and may_be_more then 'at_least' end
        from mirrored
    ),
    clock_value as (
        select
            school_id,
            partnership_id,
            of_loop as loop_no,
            of_school_year as school_year,
            of_partnership_year as partnership_year_no,
            'P1' as indicator_id,
            slice,
            numerator,
            denominator,
            template_absence as absence,
            template_family as comparison_family,
            period_type as only_clock,
            case when year_is_provisional then 'school_year' end as provisional_on
        from phase_value
        union all
        select
            school_id,
            partnership_id,
            of_loop,
            of_school_year,
            of_partnership_year,
            'P5',
            '{}',
            case when told_n > 0 and not_known_n = 0 then yes_n end,
            case when told_n > 0 and not_known_n = 0 then told_n end,
            case when not_known_n > 0 then 'insufficient' when has_none then 'not_applicable' end,
            null,
            period_type,
            case when year_is_provisional then 'school_year' end
        from all_seen
        union all
        select
            school_id,
            partnership_id,
            of_loop,
            of_school_year,
            of_partnership_year,
            'P5',
            jsonb_build_object('all', answer.said),
            case when told_n > 0 then answer.n end,
            null,
            case when has_none then 'not_applicable' end,
            null,
            period_type,
            case when year_is_provisional then 'school_year' end
        from all_seen
        cross join lateral(values ('yes', yes_n), ('no', no_n), ('not_known', not_known_n)) as answer(said, n)
    )
select
    value.school_id,
    value.partnership_id,
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
    'sum' as aggregation,
    value.comparison_family,
    null::text as only_clock,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    value.note
from loop_value as value
inner join held_loop as loop using (school_id, partnership_id, loop_no)
union all
select
    school_id,
    partnership_id,
    loop_no,
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
    only_clock,
    provisional_on,
    null
from clock_value
where only_clock <> 'partnership_year' or partnership_year_no is not null
