{{ config(alias='membership') }}
-- grain: one row per school, partnership, indicator, version, finest period and question: the one atom that
-- its people count in
-- named, not referred to: published.withdrawal holds what people withdrew
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    asked as (
        select
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            school_year,
            question,
            whole_question,
            is_part,
            family,
            municipality_no,
            municipality_today,
            institutions,
            max(partnership_year) as partnership_year,
            max(year_block) as year_block,
            max(n) as n,
            max(base) as base
        from {{ ref('gate_cell') }}
        group by
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            school_year,
            question,
            whole_question,
            is_part,
            family,
            municipality_no,
            municipality_today,
            institutions
    ),
    -- a number is told in parts where every part holds enough people and nobody is left over, else
    -- undivided; and as it was told before
    split_key as (
        select indicator_id, definition_version, max(split_by) as split_by
        from {{ ref('indicator_measure') }}
        group by indicator_id, definition_version
        having max(split_by) is not null
    ),
    told_before as (
        select
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            question - split_by as whole_question,
            family,
            bool_or(question ? split_by) as was_split
        from
            (
                select
                    unit_id as school_id,
                    partnership_id,
                    indicator_id,
                    definition_version,
                    period_type,
                    period,
                    question,
                    family
                from {{ ref('gate_shown_before') }}
                where unit_level = 'school'
                union all
                select
                    school_id,
                    partnership_id,
                    indicator_id,
                    definition_version,
                    period_type,
                    period,
                    question,
                    family
                from {{ ref('gate_pooled_before') }}
            ) as told
        inner join split_key using (indicator_id, definition_version)
        group by
            school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            whole_question,
            family
    ),
    breakdown as (
        select
            asked.school_id,
            asked.partnership_id,
            asked.indicator_id,
            asked.definition_version,
            asked.period_type,
            asked.period,
            asked.whole_question,
            asked.family,
            coalesce(
                min(asked.n) filter (where asked.is_part) >= min(policy.k_school)
                and sum(asked.base) filter (where asked.is_part)
                = sum(asked.base) filter (where not asked.is_part),
                false
            ) as may_be_split
        from asked
        inner join split_key using (indicator_id, definition_version)
        cross join policy
        group by
            asked.school_id,
            asked.partnership_id,
            asked.indicator_id,
            asked.definition_version,
            asked.period_type,
            asked.period,
            asked.whole_question,
            asked.family
    ),
    told_as as (
        select breakdown.*, coalesce(told_before.was_split, breakdown.may_be_split) as is_split
        from breakdown
        left join
            told_before using (
                school_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                whole_question,
                family
            )
    ),
    -- what was withdrawn, by the finest periods within it
    withdrawn as (
        select distinct cell.school_id, cell.indicator_id, cell.period_type, cell.period
        from published.withdrawal as withdrawal
        inner join {{ ref('gate_cell') }} as cell using (school_id, indicator_id)
        where
            withdrawal.lifted_at is null
            and (withdrawal.period_type, withdrawal.period) in (
                (cell.period_type, cell.period),
                ('school_year', cell.school_year),
                ('partnership_year', cell.partnership_year),
                ('year_block', cell.year_block),
                ('project', 'all')
            )
    ),
    -- who was in a pool stays in it, and who was shown alone is never pooled: else the difference of two
    -- releases would show them
    shown_before as (
        select distinct
            unit_id as school_id,
            partnership_id,
            indicator_id,
            definition_version,
            period_type,
            period,
            question,
            family
        from {{ ref('gate_shown_before') }}
        where unit_level = 'school'
    ),
    placed as (
        select
            asked.*,
            pooled.pool_id,
            shown_before.school_id is not null as was_shown,
            withdrawn.school_id is not null as is_withdrawn
        from asked
        left join
            told_as using (
                school_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                whole_question,
                family
            )
        left join
            {{ ref('gate_pooled_before') }} as pooled using (
                school_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                question,
                family
            )
        left join
            shown_before using (
                school_id,
                partnership_id,
                indicator_id,
                definition_version,
                period_type,
                period,
                question,
                family
            )
        left join withdrawn using (school_id, indicator_id, period_type, period)
        where asked.is_part = coalesce(told_as.is_split, false)
    ),
    small_school as (
        select
            indicator_id,
            definition_version,
            school_year,
            question,
            family,
            school_id,
            institutions,
            concat_ws('>', municipality_no, nullif(municipality_today, municipality_no)) as municipality,
            concat_ws(
                '>',
                {{ county_of('municipality_no') }},
                nullif({{ county_of('municipality_today') }}, {{ county_of('municipality_no') }})
            ) as county,
            max(n) as n
        from placed
        cross join policy
        where n between 1 and policy.k_school - 1 and pool_id is null and not was_shown and not is_part
        group by
            indicator_id,
            definition_version,
            school_year,
            question,
            family,
            school_id,
            institutions,
            municipality,
            county
    ),
    by_municipality as (
        select *, sum(n) over together >= k_pool and count(*) over together >= k_units as is_pooled
        from small_school
        cross join (select k_pool, k_units from policy) as policy
        window
            together as (
                partition by
                    indicator_id,
                    definition_version,
                    school_year,
                    question,
                    family,
                    municipality,
                    institutions
            )
    ),
    by_county as (
        select *, sum(n) over together >= k_pool and count(*) over together >= k_units as is_pooled_wider
        from by_municipality
        where not is_pooled
        window
            together as (
                partition by
                    indicator_id, definition_version, school_year, question, family, county, institutions
            )
    ),
    by_institution as (
        select *, sum(n) over together >= k_pool and count(*) over together >= k_units as is_pooled_widest
        from by_county
        where not is_pooled_wider
        window
            together as (
                partition by indicator_id, definition_version, school_year, question, family, institutions
            )
    ),
    new_pool as (
        select
            indicator_id,
            definition_version,
            school_year,
            question,
            family,
            school_id,
            institutions,
            'municipality:' || municipality || '×' || institutions as named
        from by_municipality
        where is_pooled
        union all
        select
            indicator_id,
            definition_version,
            school_year,
            question,
            family,
            school_id,
            institutions,
            'county:' || county || '×' || institutions
        from by_county
        where is_pooled_wider
        union all
        select
            indicator_id,
            definition_version,
            school_year,
            question,
            family,
            school_id,
            institutions,
            'institution:' || institutions
        from by_institution
        where is_pooled_widest
    ),
    -- newcomers make a pool of their own, beside one that was shown before
    pools_before as (
        select
            indicator_id,
            definition_version,
            school_year,
            question,
            family,
            split_part(pool_id, '#', 1) as named,
            count(distinct pool_id) as pools_n
        from {{ ref('gate_pooled_before') }}
        group by indicator_id, definition_version, school_year, question, family, named
    ),
    numbered as (
        select new_pool.*, named || coalesce('#' || (pools_before.pools_n + 1), '') as pool_id
        from new_pool
        left join pools_before using (indicator_id, definition_version, school_year, question, family, named)
    )
select
    placed.school_id,
    placed.partnership_id,
    placed.indicator_id,
    placed.definition_version,
    placed.period_type,
    placed.period,
    placed.school_year,
    placed.partnership_year,
    placed.year_block,
    placed.question,
    placed.whole_question,
    placed.is_part,
    placed.family,
    placed.municipality_no,
    placed.municipality_today,
    placed.institutions,
    placed.n,
    case
        when placed.pool_id is not null or numbered.pool_id is not null
        then 'pool'
        when placed.was_shown or placed.n >= policy.k_school
        then 'school'
        else 'withheld'
    end as atom_level,
    coalesce(
        placed.pool_id,
        numbered.pool_id,
        case when placed.was_shown or placed.n >= policy.k_school then placed.school_id end
    ) as atom_id,
    placed.was_shown and placed.n < policy.k_school as has_shrunk,
    placed.is_withdrawn
from placed
cross join policy
left join
    numbered
    on placed.pool_id is null
    and not placed.was_shown
    and not placed.is_part
    and placed.n between 1 and policy.k_school - 1
    and placed.indicator_id = numbered.indicator_id
    and placed.definition_version = numbered.definition_version
    and placed.school_year = numbered.school_year
    and placed.question = numbered.question
    and placed.family = numbered.family
    and placed.school_id = numbered.school_id
    and coalesce(placed.institutions, '') = coalesce(numbered.institutions, '')
