{{ config(alias='loop_phase', tags=['candidate']) }}
-- grain: one row per school, partnership, loop and phase of the template version that its teams used
-- depends_on: {{ ref('failed_control') }}
select
    phase.school_id,
    phase.partnership_id,
    phase.loop_no,
    loop.school_year,
    phase.template_version_id,
    phase.phase_no,
    version.phase_code,
    version.canonical_phase,
    count(*) filter (where phase.used = 'yes')::integer as used_n,
    count(*) filter (where phase.used = 'partly')::integer as partly_n,
    count(*) filter (where phase.used = 'no')::integer as not_used_n
from {{ ref('stg_team_loop_phase') }} as phase
inner join {{ ref('int_loop') }} as loop using (school_id, partnership_id, loop_no)
left join
    {{ ref('stg_template_version') }} as version
    on phase.school_id = version.school_id
    and phase.template_version_id = version.template_version_id
    and phase.phase_no = version.phase_no
group by
    phase.school_id,
    phase.partnership_id,
    phase.loop_no,
    loop.school_year,
    phase.template_version_id,
    phase.phase_no,
    version.phase_code,
    version.canonical_phase
