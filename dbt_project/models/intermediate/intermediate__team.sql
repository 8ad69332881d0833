{{ config(indexes=[{'columns': ['school_id', 'team_id']}]) }}
-- Grain: one row per school, team and first day it was active.
-- A row that only tells that the team was merged or closed (no last day) ends the team; it is no time of activity.
-- So a merged team counts as one from the date of the merger.
with delivered as (
    select distinct on (school_id, team_id, valid_from)
        school_id,
        team_id,
        valid_from,
        valid_to,
        valid_to is null and coalesce(change_type, '') in ('merged_into', 'closed') as is_end_only,
        has_dev_group_representative,
        coalesce(assumed_columns, '') as assumed_columns,
        file_id,
        row_number
    from {{ ref('staging__team') }}
    where school_id in (select school_id from {{ ref('staging__changed_school') }})
    order by school_id, team_id, valid_from, row_number
),

ended as (
    select school_id, team_id, min(valid_from) as ended_on
    from delivered
    where is_end_only
    group by school_id, team_id
)

select
    delivered.school_id,
    delivered.team_id,
    delivered.valid_from as active_from,
    least(delivered.valid_to, ended.ended_on - 1) as active_to,
    delivered.has_dev_group_representative,
    delivered.assumed_columns,
    delivered.file_id,
    delivered.row_number
from delivered
left join ended using (school_id, team_id)
where not delivered.is_end_only
