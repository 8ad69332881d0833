{{ config(alias='trend', tags=['candidate'], indexes=[{'columns': ['school_id']}]) }}
-- grain: one row per school, partnership, indicator, version and slice of people's answers with a number in
-- some school year: the line through its newest unbroken years
-- counted from what others see of the school and from the fewest people of each band, so that it tells
-- nothing that its values do not
{%- set series = [
    'school_id', 'partnership_id', 'indicator_id', 'definition_version', 'comparability_class', 'slice'
] %}
{%- set keys = series | join(', ') %}
with
    policy as (select * from {{ ref('disclosure_policy') }} order by policy_version desc limit 1),
    size as (select {{ band_of_people('n') }} as n_band, n from (values (5), (10), (20), (30)) as fewest(n)),
    -- a year without a number may carry a break all the same
    year as (
        select
            {{ keys }},
            period,
            comparison_family,
            n_band,
            value,
            {{ carries_number('status') }} and bound = '=' and value_below is null as is_told,
            count(*) filter (where break_before) over (partition by {{ keys }} order by period) as piece_no
        from {{ ref('gate_shown_value') }}
        where
            unit_level = 'school'
            and gate_reason = 'respondents'
            and unit = 'share'
            and period_type = 'school_year'
    ),
    told as (select year.*, size.n from year inner join size using (n_band) where is_told),
    newest as (
        select distinct on ({{ keys }}) {{ keys }}, piece_no, comparison_family
        from told
        order by {{ keys }}, period desc
    ),
    unbroken as (
        select
            told.*,
            sum(told.value * told.n) over together / sum(told.n) over together as common,
            sum(told.n) over together as people_n
        from told
        inner join newest using ({{ keys }}, piece_no)
        where told.comparison_family is not distinct from newest.comparison_family
        window together as (partition by {{ keys }})
    ),
    point as (
        select
            {{ keys }},
            period,
            comparison_family,
            left(period, 4)::integer as t,
            value as y,
            -- where everybody or nobody gave the answer, as if half a person had not
            {{
                share_variance(
                    'greatest(0.5 / people_n, least(1 - 0.5 / people_n, common))',
                    'n',
                    'policy.assumed_design_effect',
                )
            }} as v
        from unbroken
        cross join policy
    ),
    span as (
        select
            {{ keys }},
            min(comparison_family) as comparison_family,
            min(period) as first_year,
            max(period) as last_year,
            count(*)::integer as years_n,
            case
                when count(*) > 1
                then {{ mdc('(array_agg(v order by period))[1]', '(array_agg(v order by period desc))[1]') }}
            end as smallest_visible
        from point
        group by {{ keys }}
    ),
    line as ({{ trend_of('point', series, 't', 'y', 'v') }}),
    -- lines of one indicator are tested together, over all schools; what stays within a school is tested
    -- within it
    tested as (
        select
            line.*,
            {{ two_sided_p('slope / slope_se') }} as p,
            case when comparability_class = 'K3' then school_id end as within_school
        from line
    ),
    ranked as (
        select
            *,
            count(*) over together as tested_n,
            p
            * count(*) over together
            / row_number() over (
                partition by indicator_id, definition_version, within_school order by p
            ) as step
        from tested
        window together as (partition by indicator_id, definition_version, within_school)
    ),
    judged as (
        select
            *,
            min(step) over (
                partition by indicator_id, definition_version, within_school
                order by p
                rows between current row and unbounded following
            ) as adjusted_p
        from ranked
    )
select
    {{ keys }},
    span.comparison_family,
    span.first_year,
    span.last_year,
    span.years_n,
    case when judged.slope is null then 'insufficient' else 'observed' end as status,
    round(judged.slope::numeric, 4) as slope,
    round(judged.slope_low::numeric, 4) as slope_low,
    round(judged.slope_high::numeric, 4) as slope_high,
    round(span.smallest_visible::numeric, 2) as smallest_visible,
    judged.tested_n::integer as tested_n,
    case
        when judged.slope is null
        then null
        when judged.adjusted_p <= {{ false_discoveries() }} and judged.slope_low > 0
        then 'rising'
        when judged.adjusted_p <= {{ false_discoveries() }} and judged.slope_high < 0
        then 'falling'
        else 'no_certain_change'
    end as direction
from span
left join judged using ({{ keys }})
