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
placed as (
    select
        asked.*, pooled.pool_id,
        exists (
            select 1 from published.released_atom as released
            where released.unit_level = 'school' and released.unit_id = asked.school_id and released.partnership_id = asked.partnership_id
                and released.indicator_id = asked.indicator_id and released.definition_version = asked.definition_version
                and released.period_type = asked.period_type and released.period = asked.period and released.question = asked.question
        ) as was_shown
    from asked
    left join published.pool_member as pooled
        on asked.school_id = pooled.school_id and asked.partnership_id = pooled.partnership_id and asked.indicator_id = pooled.indicator_id
        and asked.definition_version = pooled.definition_version and asked.school_year = pooled.school_year and asked.question = pooled.question
        and asked.family = pooled.family and asked.period = pooled.period
),
small_school as (
    select
        indicator_id, definition_version, school_year, question, family, school_id, institutions,
        concat_ws('>', municipality_no, nullif(municipality_today, municipality_no)) as municipality,
        concat_ws('>', left(municipality_no, 2), nullif(left(municipality_today, 2), left(municipality_no, 2))) as county,
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
numbered as (
    select new_pool.*, named || coalesce('#' || nullif((
        select count(distinct earlier.pool_id) from published.pool_member as earlier
        where earlier.indicator_id = new_pool.indicator_id and earlier.definition_version = new_pool.definition_version and earlier.school_year = new_pool.school_year
            and earlier.question = new_pool.question and earlier.family = new_pool.family and split_part(earlier.pool_id, '#', 1) = new_pool.named
    ), 0) + 1, '') as pool_id
    from new_pool
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
    and placed.institutions is not distinct from numbered.institutions
