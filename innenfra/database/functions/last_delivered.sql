-- what a school delivered last, to begin the next delivery with; names of teams are the school's own
select
    jsonb_build_object(
        'partnerships',
        (
            select coalesce(jsonb_agg(distinct member.partnership_id), '[]')
            from register.partnership_school as member
            where
                member.school_id = of_school
                and member.accepted
                and coalesce(member.left_on >= current_date, true)
                and (authz.acts_as('school') or member.partnership_id = any(authz.visible_partnerships()))
        ),
        'teams',
        (
            select
                coalesce(
                    jsonb_agg(
                        to_jsonb(team)
                        - case when authz.acts_as('school') then '{}' else '{team_label}' end::text[]
                        order by team.team_id
                    ),
                    '[]'
                )
            from staging.stg_team as team
            where team.school_id = of_school and team.valid_to is null
        ),
        'loops',
        (
            select coalesce(jsonb_agg(to_jsonb(loop) order by loop.loop_no), '[]')
            from staging.stg_loop as loop
            where loop.school_id = of_school
        ),
        'school_years',
        (
            select coalesce(jsonb_agg(to_jsonb(year) order by year.school_year), '[]')
            from staging.stg_school_year as year
            where year.school_id = of_school
        )
    )
where of_school = any(authz.visible_schools()) and (authz.acts_as('school') or authz.acts_as('university'))
