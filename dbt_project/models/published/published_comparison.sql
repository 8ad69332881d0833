{{ config(alias='comparison', materialized='view') }}
-- grain: one row per two schools, their partnerships, indicator, version, period and slice: whether their
-- values may be compared, and why not further; worked out for the pairs that are asked for
-- what stays within a school (K3) has no pair
select
    one.school_id,
    one.partnership_id,
    other.school_id as other_school_id,
    other.partnership_id as other_partnership_id,
    one.indicator_id,
    one.definition_version,
    other.definition_version as other_definition_version,
    one.comparability_class,
    one.period_type,
    one.period,
    one.slice,
    one.status,
    other.status as other_status,
    one.comparison_family,
    other.comparison_family as other_comparison_family,
    crosswalk.relation as family_relation,
    case
        when verdict.forbids is not null
        then 'not_comparable'
        when verdict.asks_for_care is not null
        then 'with_care'
        else 'comparable'
    end as comparability,
    coalesce(verdict.forbids, verdict.asks_for_care) as comparability_reason
from {{ ref('published_indicator_value') }} as one
inner join
    {{ ref('published_indicator_value') }} as other
    on one.indicator_id = other.indicator_id
    and one.period_type = other.period_type
    and one.period = other.period
    and one.slice = other.slice
    and one.school_id <> other.school_id
left join
    {{ ref('published_family_crosswalk') }} as crosswalk
    on one.comparison_family = crosswalk.family
    and other.comparison_family = crosswalk.other_family
cross join
    lateral(
        select
            {{ what_forbids('one', 'other', 'crosswalk.relation') }} as forbids,
            {{ what_asks_for_care('one', 'other', 'crosswalk.relation') }} as asks_for_care
    ) as verdict
where one.comparability_class <> 'K3' and other.comparability_class <> 'K3'
