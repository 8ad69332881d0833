{{ config(alias='membership') }}
-- grain: one row per school, partnership, indicator, version, finest period and question: the one atom that its people count in
-- named, not referred to: published.released_atom and published.pool_member hold what earlier releases showed
with policy as (
    select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1
),
asked as (
    select
        school_id, partnership_id, indicator_id, definition_version, period_type, period, school_year, question, family,
        municipality_no, municipality_today, institutions, max(n) as n
    from {{ ref('gate_cell') }}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
),
-- who was in a pool stays in it, and who was shown alone is never pooled: else the difference of two releases would show them
shown_before as (
    select distinct unit_id as school_id, partnership_id, indicator_id, definition_version, period_type, period, question, family
    from published.released_atom
    where unit_level = 'school'
),
placed as (
    select asked.*, pooled.pool_id, shown_before.school_id is not null as was_shown
    from asked
    left join published.pool_member as pooled using (school_id, partnership_id, indicator_id, definition_version, period_type, period, question, family)
    left join shown_before using (school_id, partnership_id, indicator_id, definition_version, period_type, period, question, family)
),
small_school as (
    select
        indicator_id, definition_version, school_year, question, family, school_id, institutions,
        concat_ws('>', municipality_no, nullif(municipality_today, municipality_no)) as municipality,
        concat_ws('>', {{ county_of('municipality_no') }}, nullif({{ county_of('municipality_today') }}, {{ county_of('municipality_no') }})) as county,
        max(n) as n
    from placed
    cross join policy
    where n between 1 and policy.k_school - 1 and pool_id is null and not was_shown
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
),
by_municipality as (
    select *, sum(n) over together >= k_pool and count(*) over together >= k_units as is_pooled
    from small_school
    cross join (select k_pool, k_units from policy) as policy
    window together as (partition by indicator_id, definition_version, school_year, question, family, municipality, institutions)
),
by_county as (
    select *, sum(n) over together >= k_pool and count(*) over together >= k_units as is_pooled_wider
    from by_municipality
    where not is_pooled
    window together as (partition by indicator_id, definition_version, school_year, question, family, county, institutions)
),
by_institution as (
    select *, sum(n) over together >= k_pool and count(*) over together >= k_units as is_pooled_widest
    from by_county
    where not is_pooled_wider
    window together as (partition by indicator_id, definition_version, school_year, question, family, institutions)
),
new_pool as (
    select indicator_id, definition_version, school_year, question, family, school_id, institutions, 'municipality:' || municipality || '×' || institutions as named
    from by_municipality where is_pooled
    union all
    select indicator_id, definition_version, school_year, question, family, school_id, institutions, 'county:' || county || '×' || institutions
    from by_county where is_pooled_wider
    union all
    select indicator_id, definition_version, school_year, question, family, school_id, institutions, 'institution:' || institutions
    from by_institution where is_pooled_widest
),
-- newcomers make a pool of their own, beside one that was shown before
pools_before as (
    select indicator_id, definition_version, school_year, question, family, split_part(pool_id, '#', 1) as named, count(distinct pool_id) as pools_n
    from published.pool_member
    group by 1, 2, 3, 4, 5, 6
),
numbered as (
    select new_pool.*, named || coalesce('#' || (pools_before.pools_n + 1), '') as pool_id
    from new_pool
    left join pools_before using (indicator_id, definition_version, school_year, question, family, named)
)
select
    placed.school_id, placed.partnership_id, placed.indicator_id, placed.definition_version, placed.period_type, placed.period, placed.school_year,
    placed.question, placed.family, placed.municipality_no, placed.municipality_today, placed.institutions, placed.n,
    case
        when placed.pool_id is not null or numbered.pool_id is not null then 'pool'
        when placed.was_shown or placed.n >= policy.k_school then 'school'
        else 'withheld'
    end as atom_level,
    coalesce(placed.pool_id, numbered.pool_id, case when placed.was_shown or placed.n >= policy.k_school then placed.school_id end) as atom_id,
    placed.was_shown and placed.n < policy.k_school as has_shrunk
from placed
cross join policy
left join numbered
    on placed.pool_id is null and not placed.was_shown and placed.n between 1 and policy.k_school - 1
    and placed.indicator_id = numbered.indicator_id and placed.definition_version = numbered.definition_version and placed.school_year = numbered.school_year
    and placed.question = numbered.question and placed.family = numbered.family and placed.school_id = numbered.school_id
    and coalesce(placed.institutions, '') = coalesce(numbered.institutions, '')
