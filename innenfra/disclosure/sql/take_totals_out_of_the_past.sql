with
    place as (
        select school_id, school_year, level.unit_level, level.unit_id
        from intermediate.int_school_place
        cross join
            lateral(
                values ('municipality', municipality_no), ('county', county_no), ('school_owner', owner_id)
            ) as level(unit_level, unit_id)
    ),
    -- a cell that is withdrawn in this release, and the blocks of years that it was part of
    gone as (
        select
            now.school_id,
            now.partnership_id,
            now.indicator_id,
            now.release_id,
            now.period as school_year,
            clock.period_type,
            clock.period
        from published.indicator_value as now
        left join gate.year_block as block on now.period = block.school_year
        cross join
            lateral(values ('school_year', now.period), ('year_block', block.year_block)) as clock(
                period_type, period
            )
        where
            now.status = 'withdrawn'
            and now.unit_level = 'school'
            and now.period_type = 'school_year'
            and clock.period is not null
        union all
        select
            school_id,
            partnership_id,
            indicator_id,
            release_id,
            period || '/' || lpad(((period::int + 1) %% 100)::text, 2, '0'),
            period_type,
            period
        from published.indicator_value
        where status = 'withdrawn' and unit_level = 'school' and period_type = 'budget_year'
    )
    update published.past_value as past
    set cell
    = past.cell
    || jsonb_build_object('status', 'withdrawn', 'status_reason', 'withdrawn', 'bound', '=')
    || jsonb_build_object('comparability', 'not_comparable', 'comparability_reason', 'no_number')
    || (select jsonb_object_agg(name, null::text) from unnest(%(numbers)s::text[]) as name)
from gone
where
    past.seen_by = 'others'
    and past.unit_level <> 'school'
    and past.last_release < gone.release_id
    and past.cell ->> 'status' <> 'withdrawn'
    and past.indicator_id = gone.indicator_id
    and past.cell ->> 'period_type' = gone.period_type
    and past.cell ->> 'period' = gone.period
    and (
        past.unit_level = 'network'
        or exists (
            select 1
            from place
            where
                place.school_id = gone.school_id
                and place.school_year = gone.school_year
                and place.unit_level = past.unit_level
                and place.unit_id = past.unit_id
        )
        or past.unit_level = 'institution'
        and exists (
            select 1
            from register.partnership_party as party
            where party.partnership_id = gone.partnership_id and party.party_id = past.unit_id
        )
        or past.unit_level = 'pool'
        and exists (
            select 1
            from published.pool_member as member
            where
                member.school_id = gone.school_id
                and member.indicator_id = gone.indicator_id
                and member.pool_id = past.unit_id
        )
    )
