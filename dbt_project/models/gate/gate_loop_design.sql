{{ config(alias='loop_design', tags=['candidate']) }}
-- grain: one row per school, partnership and loop
-- depends_on: {{ ref('failed_control') }}
with
    design as (
        select
            loop.*,
            dated.school_year as year_of_start,
            concat_ws(
                '/',
                loop.plan_planning_min,
                loop.plan_research_lesson_min,
                loop.plan_evaluation_min,
                loop.plan_full_staff_sharing_min,
                loop.plan_joint_theorisation_min
            ) as time_set_aside,
            lag(loop.loop_no) over by_number as loop_before
        from {{ ref('stg_loop') }} as loop
        inner join {{ ref('int_loop') }} as dated using (school_id, partnership_id, loop_no)
        window by_number as (partition by loop.school_id, loop.partnership_id order by loop.loop_no)
    )
select
    design.school_id,
    design.partnership_id,
    design.loop_no,
    design.year_of_start as school_year,
    design.loop_goal,
    design.design_version,
    design.plan_planning_min,
    design.plan_research_lesson_min,
    design.plan_evaluation_min,
    design.plan_full_staff_sharing_min,
    design.plan_joint_theorisation_min,
    design.template_status,
    design.template_version_id,
    design.log_instrument_version_id,
    design.collective_area_ids,
    -- of the first loop nothing is new
    case
        when before.loop_no is not null
        then
            concat_ws(
                ' ',
                case when design.design_version is distinct from before.design_version then 'design' end,
                case
                    when design.template_version_id is distinct from before.template_version_id
                    then 'template'
                end,
                case
                    when design.log_instrument_version_id is distinct from before.log_instrument_version_id
                    then 'form'
                end,
                case
                    when design.collective_area_ids is distinct from before.collective_area_ids then 'areas'
                end,
                case when design.time_set_aside is distinct from before.time_set_aside then 'time' end
            )
    end as new_in_it
from design
left join
    design as before
    on design.school_id = before.school_id
    and design.partnership_id = before.partnership_id
    and design.loop_before = before.loop_no
