-- grain: one row per school, partnership, loop, indicator P1–P5 and slice; a null numerator means that it was not observed
with completed_loop as (
    select * from {{ rows_of('int_loop') }} as loop where is_completed
),
team_loop as (
    select * from {{ rows_of('stg_team_loop') }} as delivered where status = 'completed'
),
-- phases of each version of a template, with what they answer to in the common model of five phases
template_phase as (
    select school_id, template_id, template_version_id, phase_no, canonical_phase from {{ rows_of('stg_template_version') }} as delivered
),
template as (
    select school_id, template_version_id, max(template_id) as template_id, count(*) as phases_n, bool_or(canonical_phase = 'pre_analysis') as has_pre_analysis
    from template_phase
    group by 1, 2
),
phase_used as (
    select
        used.school_id, used.partnership_id, used.loop_no, used.team_id, used.template_version_id, used.used,
        template_phase.canonical_phase
    from {{ rows_of('stg_team_loop_phase') }} as used
    inner join completed_loop as loop using (school_id, partnership_id, loop_no, template_version_id)
    left join template_phase using (school_id, template_version_id, phase_no)
),
phase_of_loop as (
    select
        school_id, partnership_id, loop_no,
        count(distinct team_id) as teams_n,
        count(*) as recorded_n,
        count(*) filter (where used = 'yes') as yes_n,
        count(*) filter (where used = 'partly') as partly_n,
        count(*) filter (where used = 'no') as no_n
    from phase_used
    group by 1, 2, 3
),
pre_analysis as (
    select
        team_loop.school_id, team_loop.partnership_id, team_loop.loop_no,
        count(*) as known_n,
        count(*) filter (where pre.used = 'yes' and team_loop.goal_formulated_before_design = 'yes') as done_n
    from team_loop
    inner join (
        select school_id, partnership_id, loop_no, team_id, max(used) as used from phase_used where canonical_phase = 'pre_analysis' group by 1, 2, 3, 4
    ) as pre using (school_id, partnership_id, loop_no, team_id)
    where team_loop.goal_formulated_before_design is not null
    group by 1, 2, 3
),
observed as (
    select
        school_id, partnership_id, loop_no,
        count(*) filter (where observers_n is not null and observation_focus_recorded is not null and evaluation_min is not null) as known_n,
        count(*) filter (where observers_n >= 1 and observation_focus_recorded = 'yes' and evaluation_min > 0) as all_three_n,
        count(*) filter (where observers_n >= 1 and observation_focus_recorded is not null and evaluation_min is not null) as observers_n,
        count(*) filter (where observation_focus_recorded = 'yes' and observers_n is not null and evaluation_min is not null) as focus_n,
        count(*) filter (where evaluation_min > 0 and observers_n is not null and observation_focus_recorded is not null) as evaluation_n,
        count(*) filter (where research_lessons_held_n > 1) as retaught_n,
        count(*) as team_loops_n
    from team_loop
    group by 1, 2, 3
),
goal as (
    select
        school_id, partnership_id, loop_no,
        count(*) as known_n,
        count(*) filter (where goal_subject = 'yes' and goal_cross_curricular = 'yes') as both_n,
        count(*) filter (where goal_subject = 'yes' and goal_cross_curricular = 'no') as subject_n,
        count(*) filter (where goal_subject = 'no' and goal_cross_curricular = 'yes') as cross_curricular_n,
        count(*) filter (where goal_subject = 'no' and goal_cross_curricular = 'no') as none_n
    from team_loop
    where goal_subject is not null and goal_cross_curricular is not null
    group by 1, 2, 3
),
-- teams with an example: the widest item of the loop, since items do not say which teams
mirrored as (
    select
        school_id, partnership_id, loop_no,
        max(teams_with_data_n) as with_data_n,
        max(case when all_teams_included = 'yes' then teams_with_data_n else teams_with_example_n end) as with_example_n
    from {{ rows_of('stg_mirror_item') }} as item
    where teams_with_data_n > 0
    group by 1, 2, 3
),
value as (
    select school_id, partnership_id, loop_no, 'P1' as indicator_id, jsonb_build_object('used', answer.used) as slice,
        answer.n::numeric as numerator, coalesce(template.phases_n * phase_of_loop.teams_n, phase_of_loop.recorded_n)::numeric as denominator,
        case when loop.template_status in ('none_yet', 'dropped') then 'not_applicable' end as absence,
        'template:' || coalesce(template.template_id, loop.template_version_id) as comparison_family
    from completed_loop as loop
    left join phase_of_loop using (school_id, partnership_id, loop_no)
    left join template using (school_id, template_version_id)
    cross join lateral (values ('yes', phase_of_loop.yes_n), ('partly', phase_of_loop.partly_n), ('no', phase_of_loop.no_n)) as answer (used, n)
    union all
    select school_id, partnership_id, loop_no, 'P2', '{}', pre_analysis.done_n, pre_analysis.known_n,
        case when loop.template_status in ('none_yet', 'dropped') or not template.has_pre_analysis then 'not_applicable' end, 'canonical_phases'
    from completed_loop as loop
    left join template using (school_id, template_version_id)
    left join pre_analysis using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'P3', part.slice::jsonb, case when loop.method = 'lesson_study' and observed.known_n > 0 then part.n end, nullif(observed.known_n, 0),
        case when loop.method <> 'lesson_study' then 'not_applicable' end, null
    from completed_loop as loop
    left join observed using (school_id, partnership_id, loop_no)
    cross join lateral (values
        ('{}', observed.all_three_n), ('{"component": "observers"}', observed.observers_n), ('{"component": "focus"}', observed.focus_n), ('{"component": "evaluation"}', observed.evaluation_n)
    ) as part (slice, n)
    union all
    select school_id, partnership_id, loop_no, 'P3', '{"measure": "retaught"}', case when loop.method = 'lesson_study' then observed.retaught_n end, observed.team_loops_n,
        case when loop.method <> 'lesson_study' then 'not_applicable' end, null
    from completed_loop as loop left join observed using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'P4', part.slice::jsonb, part.n, goal.known_n, null, 'goal_kinds'
    from completed_loop
    left join goal using (school_id, partnership_id, loop_no)
    cross join lateral (values
        ('{}', goal.both_n), ('{"goals": "both"}', goal.both_n), ('{"goals": "subject"}', goal.subject_n),
        ('{"goals": "cross_curricular"}', goal.cross_curricular_n), ('{"goals": "none"}', goal.none_n)
    ) as part (slice, n)
    union all
    -- outsiders learn only whether all teams were seen; how many is the school's own
    select school_id, partnership_id, loop_no, 'P5', '{}', (with_example_n >= with_data_n)::int, case when with_data_n is not null then 1 end, null, null
    from completed_loop left join mirrored using (school_id, partnership_id, loop_no)
    union all
    select school_id, partnership_id, loop_no, 'P5', '{"measure": "teams"}', with_example_n, with_data_n, null, null
    from completed_loop left join mirrored using (school_id, partnership_id, loop_no)
),
part as (
    select
        value.school_id, value.partnership_id, loop.loop_no, loop.school_year, loop.partnership_year_no, null::text as budget_year, value.indicator_id, value.slice,
        value.numerator, value.denominator, null::integer as n_respondents, value.absence, 'sum' as aggregation, value.comparison_family, null::text as only_clock
    from value
    inner join completed_loop as loop using (school_id, partnership_id, loop_no)
)
select
    part.*,
    case when loop.year_is_provisional then 'school_year' end as provisional_on,
    null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
