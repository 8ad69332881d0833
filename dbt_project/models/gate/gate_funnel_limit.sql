{{ config(alias='funnel_limit', tags=['candidate']) }}
-- grain: one row per reference value of people and band of people: within which limits schools of that size
-- lie by chance, at the fewest people of the band
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    size as (select {{ band_of_people('n') }} as n_band, n from (values (10), (20), (30)) as fewest(n)),
    limits as (
        select
            reference.*,
            size.n_band,
            size.n,
            {{
                funnel_low(
                    'common_share', 'size.n', 'policy.assumed_design_effect', z_95(), 'overdispersion'
                )
            }} as low_95,
            {{
                funnel_high(
                    'common_share', 'size.n', 'policy.assumed_design_effect', z_95(), 'overdispersion'
                )
            }} as high_95,
            {{
                funnel_low(
                    'common_share', 'size.n', 'policy.assumed_design_effect', z_998(), 'overdispersion'
                )
            }} as low_998,
            {{
                funnel_high(
                    'common_share', 'size.n', 'policy.assumed_design_effect', z_998(), 'overdispersion'
                )
            }} as high_998
        from {{ ref('gate_reference_value') }} as reference
        cross join size
        cross join policy
        where
            reference.rests_on_people and reference.common_share is not null and size.n >= policy.min_compared
    )
select
    indicator_id,
    definition_version,
    comparability_class,
    period_type,
    period,
    slice,
    comparison_family,
    n_band,
    n,
    common_share as centre,
    school_ids,
    school_bases,
    {% for limit in ['low_95', 'high_95', 'low_998', 'high_998'] -%}
        round(least(1, greatest(0, {{ limit }}))::numeric, 2) as {{ limit }}{{ ',' if not loop.last }}
    {% endfor -%}
from limits
