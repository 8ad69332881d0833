-- grain: one row per school, partnership and meeting
with
    activity as (
        select
            school_id,
            partnership_id,
            meeting_id,
            count(*) as activities_n,
            bool_or(activity_code = 'mirror_data') as has_mirror_data,
            bool_or(activity_code = 'metacommunication') as has_metacommunication,
            bool_or(activity_code = 'experience_sharing') as has_experience_sharing,
            bool_or(activity_code = 'theorisation') as has_theorisation,
            bool_or(activity_code = 'agreement_evaluation') as has_agreement_evaluation
        from {{ rows_of('stg_meeting_activity') }} as delivered
        group by school_id, partnership_id, meeting_id
    ),
    -- teams that are registered as active on the day of a meeting
    active_team as (
        select
            meeting.school_id,
            meeting.partnership_id,
            meeting.meeting_id,
            count(distinct team.team_id) as teams_n
        from {{ rows_of('stg_meeting') }} as meeting
        inner join
            {{ rows_of('int_team') }} as team
            on meeting.school_id = team.school_id
            and meeting.partnership_id = team.partnership_id
            and meeting.meeting_date >= team.valid_from
            and (team.valid_to is null or meeting.meeting_date <= team.valid_to)
        group by meeting.school_id, meeting.partnership_id, meeting.meeting_id
    )
select
    meeting.school_id,
    meeting.partnership_id,
    meeting.meeting_id,
    meeting.meeting_date,
    meeting.arena,
    meeting.loop_no,
    meeting.loop_relation,
    meeting.minutes,
    meeting.te_mode,
    meeting.teams_represented_n,
    active_team.teams_n as teams_of_day_n,
    meeting.leaders_n,
    activity.activities_n,
    activity.has_mirror_data,
    activity.has_metacommunication,
    activity.has_experience_sharing,
    activity.has_theorisation,
    activity.has_agreement_evaluation,
    dated.school_year,
    dated.year_is_provisional,
    year.partnership_year_no
from {{ rows_of('stg_meeting') }} as meeting
inner join
    {{ rows_of('int_dated_row') }} as dated
    on meeting.school_id = dated.school_id
    and meeting.partnership_id = dated.partnership_id
    and meeting.file_id = dated.file_id
    and meeting.row_number = dated.row_number
    and dated.file_type = 'meetings'
left join
    activity
    on meeting.school_id = activity.school_id
    and meeting.partnership_id = activity.partnership_id
    and meeting.meeting_id = activity.meeting_id
left join
    active_team
    on meeting.school_id = active_team.school_id
    and meeting.partnership_id = active_team.partnership_id
    and meeting.meeting_id = active_team.meeting_id
left join
    {{ rows_of('int_school_year') }} as year
    on dated.school_id = year.school_id
    and dated.partnership_id = year.partnership_id
    and dated.school_year = year.school_year
