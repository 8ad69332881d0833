{{ config(alias='team', tags=['candidate']) }}
-- grain: one row per school, team, first day and related team
-- depends_on: {{ ref('failed_control') }}
select distinct
    on (school_id, team_id, valid_from, related_team_id)
    school_id,
    team_id,
    team_label,
    team_kind,
    valid_from,
    valid_to,
    change_type,
    related_team_id
from {{ ref('stg_team') }}
order by school_id, team_id, valid_from, related_team_id, partnership_id
