{{ config(alias='educator_part', tags=['candidate']) }}
-- grain: one row per school, partnership, loop, arena and part
-- depends_on: {{ ref('failed_control') }}
with
    in_teams as (
        select
            team.school_id,
            team.partnership_id,
            team.loop_no,
            work.arena,
            work.part,
            team.te_agreed_with_process_leader = 'yes' as is_agreed
        from {{ ref('stg_team_loop') }} as team
        cross join
            lateral(
                values
                    ('planning', team.te_in_planning),
                    ('research_lesson', team.te_in_research_lesson),
                    ('evaluation', team.te_in_evaluation)
            ) as work(arena, part)
        where team.status in ('completed', 'partly')
    ),
    together as (
        select school_id, partnership_id, loop_no, arena, part, is_agreed
        from in_teams
        union all
        select school_id, partnership_id, loop_no, arena, te_mode, null
        from {{ ref('stg_meeting') }}
        where loop_no is not null
    )
select
    together.school_id,
    together.partnership_id,
    together.loop_no,
    loop.school_year,
    together.arena,
    together.part,
    count(*)::integer as times_n,
    count(*) filter (where together.is_agreed)::integer as agreed_n
from together
inner join {{ ref('int_loop') }} as loop using (school_id, partnership_id, loop_no)
group by
    together.school_id,
    together.partnership_id,
    together.loop_no,
    loop.school_year,
    together.arena,
    together.part
