{{ config(alias='template', tags=['candidate']) }}
-- grain: one row per school, version of the process template and phase
-- depends_on: {{ ref('failed_control') }}
with
    -- the version before is the one in use before it
    version as (
        select
            school_id,
            template_id,
            template_version_id,
            lag(template_version_id) over (
                partition by school_id, template_id order by min(first_loop_no), template_version_id
            ) as before_id
        from {{ ref('stg_template_version') }}
        group by school_id, template_id, template_version_id
    )
select
    phase.school_id,
    phase.template_id,
    phase.template_version_id,
    phase.phase_no,
    phase.phase_code,
    phase.canonical_phase,
    phase.prompts_n,
    phase.first_loop_no,
    phase.developed_in_meeting_id,
    phase.based_on_mirror,
    version.before_id,
    case
        when version.before_id is not null
        then before.phase_no is null or phase.prompts_n is distinct from before.prompts_n
    end as is_new
from {{ ref('stg_template_version') }} as phase
inner join version using (school_id, template_id, template_version_id)
left join
    {{ ref('stg_template_version') }} as before
    on phase.school_id = before.school_id
    and version.before_id = before.template_version_id
    and coalesce(phase.phase_code, phase.canonical_phase)
    = coalesce(before.phase_code, before.canonical_phase)
