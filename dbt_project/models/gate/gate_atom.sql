{{ config(alias='atom') }}
-- grain: one row per atom (a shown school or a pool), partnership, indicator, version, period, question and
-- answer: all that may ever be known
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    member as (
        select
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            question,
            family,
            n,
            has_shrunk,
            is_withdrawn,
            atom_level as unit_level,
            atom_id as unit_id,
            case when atom_level = 'school' then partnership_id else '' end as unit_partnership,
            case when atom_level = 'school' then period_type else 'school_year' end as unit_period_type,
            case when atom_level = 'school' then period else school_year end as unit_period,
            school_year
        from {{ ref('gate_membership') }}
        where atom_level <> 'withheld'
    ),
    -- people of an atom: each school's largest round, summed over its schools
    size as (
        select
            unit_level,
            unit_id,
            unit_partnership,
            indicator_id,
            definition_version,
            unit_period_type,
            unit_period,
            question,
            family,
            row_number() over () as atom_no,
            sum(n)::integer as n,
            max(n)::integer as largest_n,
            count(*)::integer as schools_n,
            bool_or(has_shrunk) as has_shrunk,
            bool_or(is_withdrawn) as is_withdrawn
        from
            (
                select
                    unit_level,
                    unit_id,
                    unit_partnership,
                    indicator_id,
                    definition_version,
                    unit_period_type,
                    unit_period,
                    question,
                    family,
                    school_id,
                    max(n) as n,
                    bool_or(has_shrunk) as has_shrunk,
                    bool_or(is_withdrawn) as is_withdrawn
                from member
                group by
                    unit_level,
                    unit_id,
                    unit_partnership,
                    indicator_id,
                    definition_version,
                    unit_period_type,
                    unit_period,
                    question,
                    family,
                    school_id
            ) as by_school
        group by
            unit_level,
            unit_id,
            unit_partnership,
            indicator_id,
            definition_version,
            unit_period_type,
            unit_period,
            question,
            family
    ),
    counted as (
        select
            member.unit_level,
            member.unit_id,
            member.unit_partnership as partnership_id,
            member.indicator_id,
            member.definition_version,
            member.unit_period_type as period_type,
            member.unit_period as period,
            member.question,
            member.family,
            cell.answer,
            min(cell.disclosure) as disclosure,
            min(cell.school_year) as school_year,
            sum(cell.x) as x,
            sum(cell.base) as base
        from member
        inner join
            {{ ref('gate_cell') }} as cell using (
                school_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                question,
                family
            )
        group by
            member.unit_level,
            member.unit_id,
            member.unit_partnership,
            member.indicator_id,
            member.definition_version,
            member.unit_period_type,
            member.unit_period,
            member.question,
            member.family,
            cell.answer
    ),
    -- how near none or all a number may stand: two persons for a school, one more than its largest school
    -- for a pool
    measured as (
        select
            counted.*,
            size.atom_no,
            size.n,
            size.schools_n,
            size.has_shrunk,
            size.is_withdrawn,
            case when counted.unit_level = 'school' then policy.edge else size.largest_n + 1 end as edge,
            case when counted.unit_level = 'school' then policy.k_school else policy.k_pool end as least
        from counted
        inner join
            size
            on counted.unit_level = size.unit_level
            and counted.unit_id = size.unit_id
            and counted.partnership_id = size.unit_partnership
            and counted.indicator_id = size.indicator_id
            and counted.definition_version = size.definition_version
            and counted.period_type = size.unit_period_type
            and counted.period = size.unit_period
            and counted.question = size.question
            and counted.family = size.family
        cross join policy
    ),
    -- a share is told as it is, or as a bound where it is near none or all
    share as (
        select *, case when x <= edge then '<=' when x >= base - edge then '>=' else '=' end as bound
        from measured
        where disclosure <> 'distribution'
    ),
    ranked as (
        select
            *,
            max(x) over answers as largest_x,
            min(x) over answers as smallest_x,
            count(*) over answers as answers_n,
            sum(x) over (partition by atom_no order by x) as sum_up_to
        from measured
        where disclosure = 'distribution'
        window answers as (partition by atom_no)
    ),
    -- answers too rare to be told apart go together with the next larger ones until they are enough;
    -- decisions/0006
    merged as (
        select
            *,
            largest_x >= base - edge
            and largest_x > edge
            and count(*) filter (where x = largest_x) over (partition by atom_no) = 1 as has_dominant,
            coalesce(
                min(x) filter (where x > edge and sum_up_to >= least) over (partition by atom_no), base
            ) as rest_up_to
        from ranked
    ),
    distribution as (
        select
            *,
            not has_dominant and smallest_x <= edge and x <= rest_up_to as is_rest,
            case when has_dominant then case when x = largest_x then '>=' else '<=' end else '=' end as bound
        from merged
    ),
    safe_now as (
        select
            unit_level,
            unit_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            question,
            family,
            answer,
            disclosure,
            school_year,
            n,
            schools_n,
            x,
            base,
            has_shrunk or n < least as has_shrunk,
            is_withdrawn,
            false as is_rest,
            bound,
            case bound when '<=' then edge when '>=' then base - edge else x end as shown_x,
            case bound when '<=' then edge / 2.0 when '>=' then base - edge / 2.0 else x end as safe_x
        from share
        union all
        select
            unit_level,
            unit_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            question,
            family,
            answer,
            disclosure,
            school_year,
            n,
            schools_n,
            x,
            base,
            has_shrunk or n < least as has_shrunk,
            is_withdrawn,
            is_rest,
            bound,
            case
                when is_rest then null when bound = '<=' then edge when bound = '>=' then base - edge else x
            end as shown_x,
            case
                when is_rest
                then sum(x) filter (where is_rest) over answers / count(*) filter (where is_rest) over answers
                when bound = '>='
                then base - edge / 2.0
                when bound = '<='
                then edge / 2.0 / (answers_n - 1)
                else x
            end as safe_x
        from distribution
        window answers as (partition by atom_no)
    ),
    -- how many people's answers at least differ from what was last shown
    compared as (
        select
            coalesce(safe_now.unit_level, released.unit_level) as unit_level,
            coalesce(safe_now.unit_id, released.unit_id) as unit_id,
            coalesce(safe_now.partnership_id, released.partnership_id) as partnership_id,
            coalesce(safe_now.indicator_id, released.indicator_id) as indicator_id,
            coalesce(safe_now.definition_version, released.definition_version) as definition_version,
            coalesce(safe_now.period_type, released.period_type) as period_type,
            coalesce(safe_now.period, released.period) as period,
            coalesce(safe_now.question, released.question) as question,
            coalesce(safe_now.family, released.family) as family,
            coalesce(safe_now.answer, released.answer) as answer,
            coalesce(safe_now.disclosure, released.disclosure) as disclosure,
            coalesce(safe_now.school_year, released.school_year) as school_year,
            coalesce(safe_now.has_shrunk, false) as has_shrunk,
            coalesce(safe_now.is_withdrawn, false) as is_withdrawn,
            released.unit_id is not null as was_released,
            safe_now.unit_id is not null as is_now,
            safe_now.n,
            safe_now.schools_n,
            safe_now.x,
            safe_now.base,
            safe_now.bound,
            safe_now.is_rest,
            safe_now.shown_x,
            safe_now.safe_x,
            released.n as n_before,
            released.schools_n as schools_n_before,
            released.x as x_before,
            released.base as base_before,
            released.bound as bound_before,
            released.is_rest as is_rest_before,
            released.shown_x as shown_x_before,
            released.safe_x as safe_x_before
        from safe_now
        full join
            {{ ref('gate_shown_before') }} as released using (
                unit_level,
                unit_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                question,
                family,
                answer
            )
    ),
    differing as (
        select
            *,
            bool_or(was_released) over answers as atom_was_released,
            bool_or(is_withdrawn) over answers as atom_is_withdrawn,
            -- a share has two answers, yes and no; a distribution has its own
            greatest(
                case
                    when disclosure = 'distribution'
                    then sum(greatest(coalesce(x, 0) - coalesce(x_before, 0), 0)) over answers
                    else
                        greatest(coalesce(x, 0) - coalesce(x_before, 0), 0)
                        + greatest(coalesce(base - x, 0) - coalesce(base_before - x_before, 0), 0)
                end,
                case
                    when disclosure = 'distribution'
                    then sum(greatest(coalesce(x_before, 0) - coalesce(x, 0), 0)) over answers
                    else
                        greatest(coalesce(x_before, 0) - coalesce(x, 0), 0)
                        + greatest(coalesce(base_before - x_before, 0) - coalesce(base - x, 0), 0)
                end
            ) as differing_n
        from compared
        window answers as (partition by {{ atom_key() }})
    ),
    -- looks are many: a number is held against every one that anybody ever had of it, not the last alone
    looks as (
        select
            past.*,
            'school' as unit_level,
            past.school_id as unit_id,
            past.x as x_then,
            past.base as base_then,
            sum(past.x) over (
                partition by
                    look_no,
                    school_id,
                    partnership_id,
                    indicator_id,
                    definition_version,
                    period_type,
                    period,
                    question,
                    family
            ) as people_then_n
        from {{ ref('gate_past_atom') }} as past
    ),
    beside_each_look as (
        select
            {{ atom_key() }},
            looks.look_no,
            case
                when min(now.disclosure) = 'distribution'
                then greatest(max(now.people_n), max(looks.people_then_n)) - sum(least(now.x, looks.x_then))
                else
                    greatest(max(now.base), max(looks.base_then)) - sum(
                        least(now.x, looks.x_then) + least(now.base - now.x, looks.base_then - looks.x_then)
                    )
            end as differing_n
        from
            (
                select safe_now.*, sum(x) over answers as people_n
                from safe_now
                window answers as (partition by {{ atom_key() }})
            ) as now
        inner join
            looks using (
                unit_level,
                unit_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                question,
                family,
                answer
            )
        group by {{ atom_key() }}, looks.look_no
    ),
    near_a_look as (
        select distinct {{ atom_key() }}, true as is_near
        from beside_each_look
        cross join policy
        where differing_n between 1 and policy.batch - 1
    ),
    decided as (
        select
            differing.*,
            near_a_look.is_near is not null as is_near,
            atom_was_released and (differing_n < policy.batch or near_a_look.is_near is not null) as is_kept
        from differing
        cross join policy
        left join
            near_a_look using (
                unit_level,
                unit_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                question,
                family
            )
    ),
    let_through as (
        select
            unit_level,
            unit_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            question,
            family,
            answer,
            disclosure,
            school_year,
            case
                when answer = '' then question else question || jsonb_build_object('answer', answer)
            end as slice,
            case when is_kept then n_before else n end as n,
            case when is_kept then schools_n_before else schools_n end as schools_n,
            case when is_kept then base_before else base end as base,
            case when is_kept then bound_before else bound end as bound,
            case when is_kept then is_rest_before else is_rest end as is_rest,
            case when is_kept then shown_x_before else shown_x end as shown_x,
            case when is_kept then safe_x_before else safe_x end as safe_x,
            case when is_kept then x_before else x end as x,
            is_kept and differing_n > 0 as change_waits
        from decided
        -- a new or changed atom must hold enough people; one that was shown may stay as it was; what is
        -- withdrawn is not there, and so not remembered as shown
        where
            not atom_is_withdrawn
            and (is_kept and was_released or not is_kept and not is_near and is_now and not has_shrunk)
    )
select
    *,
    -- what each number can be to one who is told all that is told of the atom: answers that go together are
    -- from none to all of them
    case when is_rest or bound = '<=' then 0 else shown_x end as low_x,
    case
        when is_rest then sum(x) filter (where is_rest) over answers when bound = '>=' then base else shown_x
    end as high_x
from let_through
window answers as (partition by {{ atom_key() }})
