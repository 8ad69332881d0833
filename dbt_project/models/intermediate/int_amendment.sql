-- grain: one row per school, partnership and amendment of an agreement, with whether it rests on a
-- delivered decision or evaluation; null where it does not say
with
    decision as (
        select school_id, partnership_id, decision_id, min(decided_on) as decided_on
        from {{ rows_of('stg_decision') }} as decision
        group by school_id, partnership_id, decision_id
    ),
    meeting as (
        select
            meeting.*,
            -- without a list of what was done, a meeting may have been the evaluation
            meeting.activities_n is null
            and not exists (
                select 1
                from {{ rows_of('int_delivered_period') }} as delivered
                where
                    delivered.school_id = meeting.school_id
                    and delivered.partnership_id = meeting.partnership_id
                    and delivered.file_type = 'meeting_activities'
                    and delivered.completeness = 'complete'
                    and delivered.period_type = 'school_year'
                    and delivered.period = meeting.school_year
            ) as activities_are_unknown
        from {{ rows_of('int_meeting') }} as meeting
    )
select
    version.school_id,
    version.partnership_id,
    version.agreement_id,
    version.version_no,
    dated.school_year,
    dated.year_is_provisional,
    year.partnership_year_no,
    case
        when version.change_basis_ref is null
        then null
        when decision.decision_id is not null
        then decision.decided_on <= version.valid_from
        when meeting.meeting_id is not null
        then
            meeting.meeting_date <= version.valid_from
            and (coalesce(meeting.has_agreement_evaluation, false) or meeting.activities_are_unknown)
        else false
    end as is_grounded
from {{ rows_of('stg_agreement_version') }} as version
inner join
    {{ rows_of('int_dated_row') }} as dated
    on version.school_id = dated.school_id
    and version.partnership_id = dated.partnership_id
    and version.file_id = dated.file_id
    and version.row_number = dated.row_number
    and dated.file_type = 'agreement_versions'
left join
    {{ rows_of('int_school_year') }} as year
    on dated.school_id = year.school_id
    and dated.partnership_id = year.partnership_id
    and dated.school_year = year.school_year
left join
    decision
    on version.school_id = decision.school_id
    and version.partnership_id = decision.partnership_id
    and version.change_basis_ref = decision.decision_id
left join
    meeting
    on version.school_id = meeting.school_id
    and version.partnership_id = meeting.partnership_id
    and version.change_basis_ref = meeting.meeting_id
where version.version_no > 1
