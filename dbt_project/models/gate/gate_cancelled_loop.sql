{{ config(alias='cancelled_loop', tags=['candidate']) }}
-- grain: one row per school, partnership and cancelled loop of which something was delivered
-- depends_on: {{ ref('failed_control') }}
with
    log_round as (
        select school_id, partnership_id, loop_no, count(*)::integer as log_rounds_n
        from {{ ref('int_log_round') }}
        group by school_id, partnership_id, loop_no
    ),
    coded as (
        select
            school_id,
            partnership_id,
            loop_no,
            count(distinct(arena, codebook_version_id, coded_by_party))::integer as coded_n
        from {{ ref('stg_coded_count') }}
        group by school_id, partnership_id, loop_no
    ),
    mirror_item as (
        select school_id, partnership_id, loop_no, count(*)::integer as mirror_items_n
        from {{ ref('stg_mirror_item') }}
        group by school_id, partnership_id, loop_no
    ),
    of_teams as (
        select school_id, partnership_id, loop_no, sum(used.minutes)::integer as minutes_n
        from {{ ref('stg_team_loop') }}
        cross join lateral(values (planning_min), (research_lesson_min), (evaluation_min)) as used(minutes)
        group by school_id, partnership_id, loop_no
    )
select
    loop.school_id,
    loop.partnership_id,
    loop.loop_no,
    loop.school_year,
    log_round.log_rounds_n,
    coded.coded_n,
    mirror_item.mirror_items_n,
    of_teams.minutes_n
from {{ ref('int_loop') }} as loop
left join log_round using (school_id, partnership_id, loop_no)
left join coded using (school_id, partnership_id, loop_no)
left join mirror_item using (school_id, partnership_id, loop_no)
left join of_teams using (school_id, partnership_id, loop_no)
where
    loop.status in ('cancelled', 'cancelled_agreed')
    and greatest(log_rounds_n, coded_n, mirror_items_n, minutes_n) > 0
