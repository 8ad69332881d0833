-- grain: one row per school, partnership that the team takes part in, team, first day and related team
with
    said as (
        select team.*, string_to_array(team.partnership_ids, ' ') as listed
        from {{ rows_of('stg_team') }} as team
    )
select
    said.school_id,
    member.partnership_id,
    said.team_id,
    said.valid_from,
    said.valid_to,
    said.change_type,
    said.related_team_id,
    bool_or(said.has_dev_group_representative = 'yes') as has_representative,
    bool_and(said.has_dev_group_representative is not null) as representative_is_known
from said
-- a list of teams is the school's: it counts in each of its partnerships that the team does not leave out
inner join
    {{ rows_of('int_partnership_school') }} as member
    on said.school_id = member.school_id
    and (said.listed is null or member.partnership_id = any(said.listed))
    and (
        said.partnership_id = member.partnership_id
        or not exists (
            select 1
            from said as own
            where own.school_id = member.school_id and own.partnership_id = member.partnership_id
        )
    )
group by
    said.school_id,
    member.partnership_id,
    said.team_id,
    said.valid_from,
    said.valid_to,
    said.change_type,
    said.related_team_id
