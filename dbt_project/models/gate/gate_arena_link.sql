{{ config(alias='arena_link', tags=['candidate']) }}
-- grain: one row per school, partnership, loop and arrow that is expected or was made
-- depends_on: {{ ref('failed_control') }}
with
    loop as (
        select school_id, partnership_id, loop_no, school_year
        from {{ ref('int_loop') }}
        where is_held or status = 'running'
    ),
    expected as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            link.from_arena,
            link.to_arena,
            max(link.model_version) as model_version
        from loop
        inner join
            {{ ref('stg_expected_arena_link') }} as link
            on loop.school_id = link.school_id
            and loop.partnership_id = link.partnership_id
            and loop.loop_no >= link.first_loop_no
            and loop.loop_no <= coalesce(link.last_loop_no, loop.loop_no)
        group by loop.school_id, loop.partnership_id, loop.loop_no, link.from_arena, link.to_arena
    ),
    made as (
        select school_id, partnership_id, loop_no, from_arena, to_arena from {{ ref('stg_arena_link') }}
    ),
    -- only of a loop whose links were delivered whole is an arrow known not to be made
    whole as (
        select school_id, partnership_id, period::integer as loop_no
        from {{ ref('int_delivered_period') }}
        where file_type = 'arena_links' and period_type = 'loop' and completeness = 'complete'
    )
select
    school_id,
    partnership_id,
    loop_no,
    loop.school_year,
    from_arena,
    to_arena,
    expected.model_version,
    case
        when made.school_id is not null then true when whole.school_id is not null then false
    end as is_realised
from expected
full join made using (school_id, partnership_id, loop_no, from_arena, to_arena)
inner join loop using (school_id, partnership_id, loop_no)
left join whole using (school_id, partnership_id, loop_no)
