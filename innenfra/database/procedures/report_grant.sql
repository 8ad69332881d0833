declare
    teller text := case
        when authz.acts_as('school_owner') and about_owner = any(authz.visible_units('school_owner')) then 'school_owner'
        when authz.acts_as('university') then 'institution'
    end;
begin
    if teller is null or not about_partnership = any(authz.visible_partnerships()) then
        raise insufficient_privilege using message = 'not_your_grant';
    end if;
    if not exists (
        select 1 from register.partnership_school as member inner join register.school as school using (school_id)
        where member.partnership_id = about_partnership and school.owner_id = about_owner
    ) then
        raise foreign_key_violation using message = 'owner_is_not_in_the_partnership';
    end if;
    insert into register.grant_year (
        owner_id, budget_year, scheme_code, partnership_id, reported_by, reported_on, decided_on, granted,
        needs_year_1, needs_year_2, needs_year_3, own_share_time, own_share_substitutes, own_share_money, coordinator
    )
    values (
        about_owner, about_year, about_scheme, about_partnership, teller, current_date, decided, was_granted,
        needs[1], needs[2], needs[3], own_share[1], own_share[2], own_share[3], has_coordinator
    )
    on conflict on constraint pk_grant_year do update set
        decided_on = excluded.decided_on, granted = excluded.granted,
        needs_year_1 = excluded.needs_year_1, needs_year_2 = excluded.needs_year_2, needs_year_3 = excluded.needs_year_3,
        own_share_time = excluded.own_share_time, own_share_substitutes = excluded.own_share_substitutes,
        own_share_money = excluded.own_share_money, coordinator = excluded.coordinator;
end
