-- grain: one row per school, partnership, school year (or the project), indicator I1, I2, I3, I5 and slice;
-- a null numerator means that it was not observed
with
    year as (select * from {{ rows_of('int_school_year') }} as school_year),
    -- follow-up counts in the three school years after the agreement has run out
    ended as (
        select
            member.school_id,
            member.partnership_id,
            coalesce(partnership.ended_on, member.agreed_to) as ended_on
        from {{ rows_of('int_partnership_school') }} as member
        left join {{ ref('stg_register_partnership') }} as partnership using (partnership_id)
        where coalesce(partnership.ended_on, member.agreed_to) < current_date
    ),
    followed_up as (
        select
            year.school_id,
            year.partnership_id,
            year.school_year,
            year.partnership_year_no,
            year.post_project_loops_n
        from year
        inner join ended using (school_id, partnership_id)
        where year.year_start > ended.ended_on and year.year_start <= ended.ended_on + interval '3 years'
    ),
    change_phase as (
        select school_id, partnership_id, school_year, code
        from {{ rows_of('stg_note') }} as note
        where
            note_type = 'change_phase'
            and agreed_by_both = 'yes'
            and (
                evidence_ref is not null
                or code in ('no_basis_for_claim', 'not_assessed', 'initiation', 'implementation')
            )
    ),
    value as (
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            'I1' as indicator_id,
            '{"plan": "activity_plan"}'::jsonb as slice,
            (in_activity_plan = 'yes')::int::numeric as numerator,
            1::numeric as denominator,
            null as absence
        from year
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            'I1',
            '{"plan": "meeting_plan"}',
            (in_meeting_plan = 'yes')::int,
            1,
            null
        from year
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            'I2',
            '{"measure": "held"}',
            case when onboarding_held in ('yes', 'no') then (onboarding_held = 'yes')::int end,
            1,
            case when onboarding_held = 'not_planned' then 'not_in_design' end
        from year
        union all
        -- too few new staff to say who came: the count is not formed at all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            'I2',
            '{"measure": "attended"}',
            case when new_staff_n >= 5 then onboarding_attended_n end,
            case when new_staff_n >= 5 then new_staff_n end,
            case when new_staff_n = 0 then 'not_applicable' when new_staff_n < 5 then 'suppressed' end
        from year
        union all
        select
            school_id,
            partnership_id,
            school_year,
            partnership_year_no,
            'I3',
            '{}',
            (post_project_loops_n > 0)::int,
            1,
            null
        from followed_up
        union all
        -- a phase is noted, never worked out from counts
        select
            school_id,
            partnership_id,
            change_phase.school_year,
            year.partnership_year_no,
            'I5',
            jsonb_build_object('status', change_phase.code),
            1,
            null,
            null
        from change_phase
        left join year using (school_id, partnership_id, school_year)
    ),
    part as (
        select
            school_id,
            partnership_id,
            null::integer as loop_no,
            school_year,
            partnership_year_no,
            null::text as budget_year,
            indicator_id,
            slice,
            numerator,
            denominator,
            null::integer as n_respondents,
            absence,
            'sum'::text as aggregation,
            null::text as comparison_family,
            null::text as only_clock
        from value
    )
select part.*, case when loop.year_is_provisional then 'school_year' end as provisional_on, null::text as note
from part
left join {{ rows_of('int_loop') }} as loop using (school_id, partnership_id, loop_no)
