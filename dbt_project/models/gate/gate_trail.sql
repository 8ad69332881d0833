{{ config(alias='trail', tags=['candidate']) }}
-- grain: one row per school, partnership and edge between what led to what
-- depends_on: {{ ref('failed_control') }}
with
    edge as (
        select
            school_id,
            partnership_id,
            'mirror_item' as from_kind,
            mirror_id as from_id,
            'meeting' as to_kind,
            meeting_id as to_id,
            meeting_date as on_day,
            loop_no,
            null as school_year
        from {{ ref('gate_mirror_presentation') }}
        union
        select
            school_id,
            partnership_id,
            'meeting',
            meeting_id,
            'decision',
            decision_id,
            decided_on,
            null,
            school_year
        from {{ ref('gate_decision') }}
        where meeting_id is not null
        union
        select
            school_id,
            partnership_id,
            'mirror_item',
            mirror_id,
            'decision',
            decision_id,
            decided_on,
            null,
            school_year
        from {{ ref('gate_decision') }}
        where mirror_id is not null
        union
        select
            school_id,
            partnership_id,
            'decision',
            decision_id,
            'loop',
            effective_loop_no::text,
            decided_on,
            null,
            school_year
        from {{ ref('gate_decision') }}
        where effective_loop_no is not null
        union
        select
            meeting.school_id,
            meeting.partnership_id,
            'meeting',
            meeting.meeting_id,
            'template',
            version.template_version_id,
            meeting.meeting_date,
            meeting.loop_no,
            meeting.school_year
        from {{ ref('stg_template_version') }} as version
        inner join
            {{ ref('gate_meeting') }} as meeting
            on version.school_id = meeting.school_id
            and version.developed_in_meeting_id = meeting.meeting_id
        union
        select
            version.school_id,
            version.partnership_id,
            case when decision.decision_id is null then 'meeting' else 'decision' end,
            version.change_basis_ref,
            'amendment',
            version.agreement_id || '/' || version.version_no,
            coalesce(decision.decided_on, meeting.meeting_date),
            null,
            coalesce(decision.school_year, meeting.school_year)
        from {{ ref('stg_agreement_version') }} as version
        left join
            {{ ref('gate_decision') }} as decision
            on version.school_id = decision.school_id
            and version.partnership_id = decision.partnership_id
            and version.change_basis_ref = decision.decision_id
        left join
            {{ ref('gate_meeting') }} as meeting
            on version.school_id = meeting.school_id
            and version.partnership_id = meeting.partnership_id
            and version.change_basis_ref = meeting.meeting_id
        where coalesce(decision.decision_id, meeting.meeting_id) is not null
    )
select
    edge.school_id,
    edge.partnership_id,
    edge.from_kind,
    edge.from_id,
    edge.to_kind,
    edge.to_id,
    edge.on_day,
    edge.loop_no,
    edge.school_year,
    coalesce(item.is_unrecognised, false) as is_unrecognised,
    item.author_id
from edge
left join
    {{ ref('gate_mirror_item') }} as item
    on edge.from_kind = 'mirror_item'
    and edge.school_id = item.school_id
    and edge.partnership_id = item.partnership_id
    and edge.from_id = item.mirror_id
