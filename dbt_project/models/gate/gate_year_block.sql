{{ config(alias='year_block') }}
-- grain: one row per school year, with the one fixed block of years that it belongs to; blocks never
-- overlap and never roll
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    placed as (
        select
            starts_in,
            block_years,
            block_first_year
            + floor((starts_in - block_first_year)::numeric / block_years)::integer
            * block_years as block_starts_in
        from generate_series(2000, 2099) as starts_in
        cross join policy
    )
select
    {{ school_year_from('starts_in') }} as school_year,
    {{ school_year_from('block_starts_in') }}
    || '-'
    || {{ school_year_from('block_starts_in + block_years - 1') }} as year_block,
    block_years
from placed
