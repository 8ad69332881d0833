-- grain: one row per school, partnership, indicator, period and slice, from the finest records
with by_loop as (
    select
        value.school_id, value.partnership_id, value.indicator_id, period.period_type, period.period, value.slice,
        sum(value.numerator) as numerator,
        sum(value.denominator) filter (where value.numerator is not null) as denominator,
        max(value.n_respondents) as n_respondents,
        count(value.numerator) as coverage_observed,
        count(*) as coverage_expected,
        'share' as unit
    from {{ ref('int_indicator_by_loop') }} as value
    cross join lateral (values
        ('loop', value.loop_no::text), ('school_year', value.school_year),
        ('partnership_year', value.partnership_year_no::text), ('project', 'all')
    ) as period (period_type, period)
    where not (value.indicator_id = 'U1' and period.period_type in ('loop', 'project'))
    group by 1, 2, 3, 4, 5, 6
),
by_school_year as (
    select
        value.school_id, value.partnership_id, value.indicator_id, period.period_type, period.period, value.slice,
        sum(value.numerator) as numerator,
        sum(value.denominator) filter (where value.numerator is not null) as denominator,
        null::bigint as n_respondents,
        count(value.numerator) as coverage_observed,
        count(*) as coverage_expected,
        'share' as unit
    from {{ ref('int_indicator_by_school_year') }} as value
    cross join lateral (values
        ('school_year', value.school_year), ('partnership_year', value.partnership_year_no::text), ('project', 'all')
    ) as period (period_type, period)
    group by 1, 2, 3, 4, 5, 6
),
agreement_year as (
    select
        plan.school_id, plan.partnership_id, plan.partnership_year_no, plan.planned_loops,
        count(loop.loop_no) filter (where loop.is_completed) as completed_n
    from {{ ref('int_agreement_year') }} as plan
    left join {{ ref('int_loop') }} as loop using (school_id, partnership_id, partnership_year_no)
    group by 1, 2, 3, 4
),
kept_agreement as (
    select school_id, partnership_id, 'A1' as indicator_id, 'partnership_year' as period_type, partnership_year_no::text as period, '{}'::jsonb as slice,
        completed_n::numeric as numerator, planned_loops::numeric as denominator
    from agreement_year
    union all
    select school_id, partnership_id, 'A1', 'partnership_year', partnership_year_no::text, '{"reading": "cumulative"}',
        sum(completed_n) over to_date, sum(planned_loops) over to_date
    from agreement_year
    window to_date as (partition by school_id, partnership_id order by partnership_year_no)
    union all
    select school_id, partnership_id, 'A1', 'project', 'all', '{}', sum(completed_n), sum(planned_loops)
    from agreement_year group by 1, 2
),
planned_time as (
    select
        school_id, partnership_id,
        percentile_disc(0.5) within group (order by plan_team_min + plan_shared_min) as min_per_loop,
        percentile_disc(0.5) within group (order by plan_evaluation_and_sharing_min) as evaluation_and_sharing_min,
        sum(plan_team_min + plan_shared_min) as teacher_min,
        sum(plan_team_min * active_teams_n + plan_shared_min) as arena_min
    from {{ ref('int_loop') }}
    where is_completed
    group by 1, 2
),
time_by_activity as (
    select school_id, partnership_id, '{"measure": "planned_min_per_teacher_per_loop"}'::jsonb as slice, min_per_loop::numeric as numerator, null::numeric as denominator, 'minutes' as unit from planned_time
    union all
    select school_id, partnership_id, '{"measure": "planned_hours_per_teacher_project"}', teacher_min / 60.0, null, 'hours' from planned_time
    union all
    select school_id, partnership_id, '{"measure": "planned_arena_hours_project"}', arena_min / 60.0, null, 'hours' from planned_time
    union all
    select school_id, partnership_id, '{"measure": "share_evaluation_and_sharing"}', evaluation_and_sharing_min, min_per_loop, 'share' from planned_time
),
mirror_latency as (
    select school_id, partnership_id, percentile_cont(0.5) within group (order by mirror_days) as days, count(mirror_days) as observed_n, count(*) as expected_n
    from {{ ref('int_indicator_by_loop') }}
    where indicator_id = 'A5'
    group by 1, 2
),
membership as (
    select
        team.school_id, version.partnership_id,
        count(distinct team.team_id) filter (where team.has_dev_group_representative = 'yes') as represented_n,
        count(distinct team.team_id) filter (where team.has_dev_group_representative is not null) as known_n,
        count(distinct team.team_id) as teams_n
    from {{ ref('stg_team') }} as team
    inner join (select distinct school_id, partnership_id from {{ ref('stg_agreement_version') }}) as version using (school_id)
    where team.valid_to is null
    group by 1, 2
)
select * from by_loop
union all
select * from by_school_year
union all
select *, null, case when denominator is null then 0 else 1 end, 1, 'share' from kept_agreement
union all
select school_id, partnership_id, 'C2', 'project', 'all', slice, numerator, denominator, null, 1, 1, unit from time_by_activity
union all
select school_id, partnership_id, 'A5', 'project', 'all', '{"measure": "median_days"}', days::numeric, null, null, observed_n, expected_n, 'days' from mirror_latency
union all
select school_id, partnership_id, 'C4', 'project', 'all', '{"measure": "membership"}', case when known_n > 0 then represented_n end, nullif(known_n, 0), null, known_n, teams_n, 'share' from membership
