-- grain: one row per school, partnership, indicator from coded material (S1–S3, U3), loop or school year:
-- who coded what stands behind it, how much two coders coded, and how far they agree
with
    held_loop as (select * from {{ rows_of('int_loop') }} as loop where is_held),
    counted as (
        select
            count.school_id,
            count.partnership_id,
            count.school_year,
            count.loop_no,
            count.arena,
            count.codebook_version_id,
            code.category,
            count.n_units_base,
            count.n_teams,
            count.minutes,
            count.coded_by_party,
            count.double_coded_n,
            count.agreement_measure,
            count.agreement_value
        from {{ rows_of('stg_coded_count') }} as count
        inner join {{ rows_of('int_code') }} as code using (school_id, codebook_version_id, code)
    ),
    -- the base is the same for all codes of one material, so it is taken once
    material as (
        select
            school_id,
            partnership_id,
            school_year,
            loop_no,
            arena,
            codebook_version_id,
            case when category in ('talk', 'stance') then category else 'support' end as about,
            max(n_units_base) as units_n,
            max(n_teams) as n_teams,
            max(minutes) as minutes,
            string_agg(distinct coded_by_party, ' ') as coded_by,
            max(double_coded_n) as double_coded_n,
            min(agreement_measure) as agreement_measure,
            min(agreement_value) as agreement_value
        from counted
        group by school_id, partnership_id, school_year, loop_no, arena, codebook_version_id, about
    ),
    in_clock as (
        select
            material.*,
            indicator.indicator_id,
            clock.period_type,
            clock.period,
            case
                when about = 'talk'
                then {{ coding_sufficient('n_teams', 'units_n', 'agreement_value') }}
                else {{ coding_agreed('agreement_value') }}
            end as is_enough
        from material
        left join held_loop using (school_id, partnership_id, loop_no)
        inner join
            (values ('S1', 'support'), ('S2', 'support'), ('S3', 'stance'), ('U3', 'talk')) as indicator(
                indicator_id, about
            ) using (about)
        cross join
            lateral(
                values
                    ('loop', held_loop.loop_no::text, held_loop.loop_no),
                    ('school_year', coalesce(held_loop.school_year, material.school_year), held_loop.loop_no)
            ) as clock(period_type, period, of_loop)
        -- support is told by year; talk and stance are told of the teams, by loop and year
        where
            clock.period is not null
            and case
                when about = 'support'
                then clock.period_type = 'school_year'
                else arena = 'team' and clock.of_loop is not null
            end
    ),
    -- a year's talk and stance are summed over the loops that have enough; what fell out is told of where
    -- nothing else is
    behind as (
        select *
        from
            (
                select
                    *,
                    bool_or(is_enough) over (
                        partition by school_id, partnership_id, indicator_id, period_type, period
                    ) as any_enough
                from in_clock
            ) as weighed
        where about = 'support' or is_enough or not any_enough
    ),
    party as (
        select
            school_id,
            partnership_id,
            indicator_id,
            period_type,
            period,
            string_agg(distinct one, ' ' order by one) as coded_by
        from behind
        cross join lateral unnest(string_to_array(coded_by, ' ')) as listed(one)
        group by school_id, partnership_id, indicator_id, period_type, period
    )
select
    school_id,
    partnership_id,
    indicator_id,
    period_type,
    period,
    party.coded_by,
    sum(units_n)::integer as units_n,
    max(n_teams)::integer as n_teams,
    sum(minutes)::integer as minutes_n,
    case when count(*) = count(double_coded_n) then sum(double_coded_n)::integer end as double_coded_n,
    case
        when count(*) = count(double_coded_n) then sum(double_coded_n)::numeric / nullif(sum(units_n), 0)
    end as double_coded_share,
    case
        when min(agreement_measure) = max(agreement_measure)
        then min(agreement_measure)
        when min(agreement_measure) is not null
        then 'mixed'
    end as agreement_measure,
    -- the weakest of them, and none where one is not known
    case when count(*) = count(agreement_value) then min(agreement_value) end as agreement_value
from behind
inner join party using (school_id, partnership_id, indicator_id, period_type, period)
group by school_id, partnership_id, indicator_id, period_type, period, party.coded_by
