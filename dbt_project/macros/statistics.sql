{# Statistics that have a closed form. Each macro takes SQL expressions and gives a SQL expression in double
   precision, null where an argument is null or n is 0; those named *_of give a whole query. The same formulas
   in Python stand in innenfra/statistics, and both are held against tests/fixtures/stat_vectors. #}
{% macro z_95() %} 1.959963984540054::double precision{% endmacro %}
{% macro z_998() %} 3.090232306167813::double precision{% endmacro %}
{% macro z_power_80() %} 0.8416212335729143::double precision{% endmacro %}
{% macro as_double(x) %}({{ x }})::double precision{% endmacro %}

{# -------------------------------------------------------------------------------- shares of people #}
{% macro wilson_low(x, n, deff=1) -%}
    case
        when ({{ n }}) <= 0 or ({{ n }}) is null
        then null
        when ({{ x }}) = 0
        then 0::double precision
        when ({{ x }}) between 0 and ({{ n }})
        then {{ wilson_end(x, n, deff, '-') }}
    end
{%- endmacro %}

{% macro wilson_high(x, n, deff=1) -%}
    case
        when ({{ n }}) <= 0 or ({{ n }}) is null
        then null
        when ({{ x }}) = ({{ n }})
        then 1::double precision
        when ({{ x }}) between 0 and ({{ n }})
        then {{ wilson_end(x, n, deff, '+') }}
    end
{%- endmacro %}

{% macro wilson_end(x, n, deff, sign) -%}
    {%- set p = as_double(x) ~ ' / (' ~ n ~ ')' -%}
    {%- set size = '(' ~ as_double(n) ~ ' / (' ~ deff ~ '))' -%}
    (
        {{ p }} + {{ z_95() }} ^ 2 / (2 * {{ size }})
        {{ sign }} {{ z_95() }}
        * sqrt({{ p }} * (1 - {{ p }}) / {{ size }} + {{ z_95() }} ^ 2 / (4 * {{ size }} ^ 2))
    )
    / (1 + {{ z_95() }} ^ 2 / {{ size }})
{%- endmacro %}

{% macro newcombe_low(x1, n1, x2, n2, deff1=1, deff2=1) -%}
    (
        {{ as_double(x2) }} / nullif({{ n2 }}, 0)
        - {{ as_double(x1) }} / nullif({{ n1 }}, 0)
        - sqrt(
            ({{ as_double(x2) }} / nullif({{ n2 }}, 0) - {{ wilson_low(x2, n2, deff2) }}) ^ 2
            + ({{ wilson_high(x1, n1, deff1) }} - {{ as_double(x1) }} / nullif({{ n1 }}, 0)) ^ 2
        )
    )
{%- endmacro %}

{% macro newcombe_high(x1, n1, x2, n2, deff1=1, deff2=1) -%}
    (
        {{ as_double(x2) }} / nullif({{ n2 }}, 0)
        - {{ as_double(x1) }} / nullif({{ n1 }}, 0)
        + sqrt(
            ({{ wilson_high(x2, n2, deff2) }} - {{ as_double(x2) }} / nullif({{ n2 }}, 0)) ^ 2
            + ({{ as_double(x1) }} / nullif({{ n1 }}, 0) - {{ wilson_low(x1, n1, deff1) }}) ^ 2
        )
    )
{%- endmacro %}

{# -------------------------------------------------------------------------------- resemblance in teams #}
{% macro design_effect(sum_of_squared_sizes, n, icc) -%}
    (1 + {{ as_double(icc) }} * ({{ as_double(sum_of_squared_sizes) }} / nullif({{ n }}, 0) - 1))
{%- endmacro %}

{% macro share_variance(pooled_share, n, deff=1) -%}
    ({{ as_double(pooled_share) }} * (1 - {{ as_double(pooled_share) }}) * ({{ deff }}) / nullif({{ n }}, 0))
{%- endmacro %}

{% macro mean_variance(n, sd, deff=1) -%}
    ({{ as_double(sd) }} ^ 2 * ({{ deff }}) / nullif({{ n }}, 0))
{%- endmacro %}

{# Nested analysis of variance: one row per key of `relation` (school_id, team_id, n, total, squares: number,
   sum and sum of squares of a team's answers; for a share total = squares = x). #}
{% macro icc_of(relation, keys) -%}
    with
        team as (
            select
                {{ keys | join(', ') }},
                school_id,
                n::double precision as n,
                total::double precision as total,
                squares::double precision as squares
            from {{ relation }}
            where n > 0
        ),
        school as (
            select
                {{ keys | join(', ') }},
                school_id,
                sum(n) as n,
                count(*) as teams_n,
                sum(total) as total,
                sum(squares) as squares,
                sum(total ^ 2 / n) as team_part,
                sum(n ^ 2) as squared_sizes
            from team
            group by {{ keys | join(', ') }}, school_id
        ),
        whole as (
            select
                {{ keys | join(', ') }},
                sum(n) as answers_n,
                count(*) as schools_n,
                sum(teams_n) as teams_n,
                sum(team_part - total ^ 2 / n) / nullif(sum(teams_n) - count(*), 0) as ms_between,
                sum(squares - team_part) / nullif(sum(n) - sum(teams_n)::double precision, 0) as ms_within,
                (sum(n) - sum(squared_sizes / n)) / nullif(sum(teams_n) - count(*), 0) as n0,
                sqrt(sum(squares - total ^ 2 / n) / nullif(sum(n) - count(*), 0)) as sd_within_school
            from school
            group by {{ keys | join(', ') }}
        )
    select
        *,
        case
            when ms_between is null or ms_within is null
            then null
            when ms_between <= ms_within
            then 0
            else (ms_between - ms_within) / (ms_between + (n0 - 1) * ms_within)
        end as icc
    from whole
{%- endmacro %}

{# -------------------------------------------------------------------------------- means from 1 to 5 #}
{# Student's quantile of .975: from the seed up to 200 degrees of freedom, above by the expansion in 1/df,
   which is within 1e-10 there. #}
{% macro t_975(df) -%}
    case
        when ({{ df }}) <= 200
        then
            (
                select quantile.quantile_975::double precision
                from {{ ref('t_quantile') }} as quantile
                where quantile.degrees_of_freedom = ({{ df }})
            )
        else
            {{ z_95() }}
            + 2.372271230298562 / {{ as_double(df) }}
            + 2.8224986157396112 / {{ as_double(df) }} ^ 2
            + 2.555849679507722 / {{ as_double(df) }} ^ 3
            + 1.5895340533938225 / {{ as_double(df) }} ^ 4
    end
{%- endmacro %}

{% macro mean_low(mean, n, sd, df, deff=1) -%}
    case
        when
            ({{ mean }}) is not null
            and ({{ n }}) > 0
            and ({{ sd }}) is not null
            and ({{ deff }}) is not null
            and ({{ df }}) >= 1
        then greatest(1, {{ as_double(mean) }} - {{ t_975(df) }} * sqrt({{ mean_variance(n, sd, deff) }}))
    end
{%- endmacro %}

{% macro mean_high(mean, n, sd, df, deff=1) -%}
    case
        when
            ({{ mean }}) is not null
            and ({{ n }}) > 0
            and ({{ sd }}) is not null
            and ({{ deff }}) is not null
            and ({{ df }}) >= 1
        then least(5, {{ as_double(mean) }} + {{ t_975(df) }} * sqrt({{ mean_variance(n, sd, deff) }}))
    end
{%- endmacro %}

{# -------------------------------------------------------------------------------- counts over an exposure #}
{% macro byar_low(events, exposure=1) -%}
    case
        when ({{ events }}) = 0 and ({{ exposure }}) > 0
        then 0::double precision
        when ({{ events }}) > 0
        then
            {{ as_double(events) }}
            * (1 - 1 / (9 * {{ as_double(events) }}) - {{ z_95() }} / (3 * sqrt({{ as_double(events) }}))) ^ 3
            / nullif({{ exposure }}, 0)
    end
{%- endmacro %}

{% macro byar_high(events, exposure=1) -%}
    case
        when ({{ events }}) >= 0
        then
            ({{ as_double(events) }} + 1) * (
                1
                - 1 / (9 * ({{ as_double(events) }} + 1))
                + {{ z_95() }} / (3 * sqrt({{ as_double(events) }} + 1))
            )
            ^ 3
            / nullif({{ exposure }}, 0)
    end
{%- endmacro %}

{# -------------------------------------------------------------------------------- change and trend #}
{% macro mdc(v1, v2) %} ({{ z_95() }} * sqrt({{ as_double(v1) }} + ({{ v2 }}))){% endmacro %}
{% macro mdc_power_80(v1, v2) %}
    (({{ z_95() }} + {{ z_power_80() }}) * sqrt({{ as_double(v1) }} + ({{ v2 }})))
{% endmacro %}

{# How probable a standard normal is to lie as far from zero as z, on either side: Hart's algorithm as West
   (2005) gives it, to eight digits or more; PostgreSQL has no erf before version 16. #}
{% macro two_sided_p(z) -%}
    {%- set x = 'abs(' ~ as_double(z) ~ ')' -%}
    case
        when {{ x }} < 7.07106781186547
        then
            2
            * exp(- ({{ x }} ^ 2) / 2)
            * {{
                polynomial(
                    x,
                    [
                        '3.52624965998911e-2',
                        '0.700383064443688',
                        '6.37396220353165',
                        '33.912866078383',
                        '112.079291497871',
                        '221.213596169931',
                        '220.206867912376',
                    ],
                )
            }}
            / {{
                polynomial(
                    x,
                    [
                        '8.83883476483184e-2',
                        '1.75566716318264',
                        '16.064177579207',
                        '86.7807322029461',
                        '296.564248779674',
                        '637.333633378831',
                        '793.826512519948',
                        '440.413735824752',
                    ],
                )
            }}
        when {{ x }} < 38
        then
            2
            * exp(- ({{ x }} ^ 2) / 2)
            / ({{ x }} + 1 / ({{ x }} + 2 / ({{ x }} + 3 / ({{ x }} + 4 / ({{ x }} + 0.65)))))
            / 2.506628274631
        else 0
    end
{%- endmacro %}

{% macro polynomial(x, coefficients) -%}
    {%- set nested = namespace(sql=coefficients[0] ~ '::double precision') -%}
    {%- for one in coefficients[1:] -%}
        {%- set nested.sql = '(' ~ nested.sql ~ ' * ' ~ x ~ ' + ' ~ one ~ '::double precision)' -%}
    {%- endfor -%}
    {{ nested.sql }}
{%- endmacro %}

{# The share of named trends that may be named out of nothing (Benjamini and Hochberg). #}
{% macro false_discoveries() %} 0.10{% endmacro %}

{# A weighted line per key over three points or more, the variances v > 0 being known. #}
{% macro trend_of(relation, keys, year='year', y='y', v='v') -%}
    with
        point as (
            select
                {{ keys | join(', ') }},
                {{ as_double(year) }} as t,
                {{ as_double(y) }} as y,
                1 / {{ as_double(v) }} as w
            from {{ relation }}
            where ({{ y }}) is not null and ({{ v }}) > 0
        ),
        centred as (
            select
                *,
                t - sum(w * t) over series / sum(w) over series as from_t,
                y - sum(w * y) over series / sum(w) over series as from_y
            from point
            window series as (partition by {{ keys | join(', ') }})
        ),
        line as (
            select
                {{ keys | join(', ') }},
                count(*) as years_n,
                sum(w * from_t * from_y) / sum(w * from_t ^ 2) as slope,
                1 / sqrt(sum(w * from_t ^ 2)) as slope_se,
                sum(w * from_t ^ 2) as spread_t,
                sum(w * from_y ^ 2) as spread_y
            from centred
            group by {{ keys | join(', ') }}
            having count(distinct t) >= 3
        )
    select
        {{ keys | join(', ') }},
        years_n,
        slope,
        slope_se,
        slope - {{ z_95() }} * slope_se as slope_low,
        slope + {{ z_95() }} * slope_se as slope_high,
        spread_y - slope ^ 2 * spread_t as fit_chi2,
        years_n - 2 as fit_df
    from line
{%- endmacro %}

{# -------------------------------------------------------------------------------- partial pooling #}
{# DerSimonian and Laird's between-unit variance and the shrunken values: one row per row of `relation` with a
   value and a variance v > 0. Feed it with what the gate shows and nothing else: a shrunken value can be
   turned back into its cell. #}
{% macro shrunken_of(relation, keys, units, y='y', v='v') -%}
    with
        known as (
            select
                {{ (keys + units) | join(', ') }},
                {{ as_double(y) }} as y,
                {{ as_double(v) }} as v,
                1 / {{ as_double(v) }} as w
            from {{ relation }}
            where ({{ y }}) is not null and ({{ v }}) > 0
        ),
        weighted as (
            select
                *,
                y - sum(w * y) over together / sum(w) over together as from_mean,
                count(*) over together as units_n,
                sum(w) over together as w_sum,
                sum(w ^ 2) over together as w_squared_sum
            from known
            window together as ({{ 'partition by ' ~ keys | join(', ') if keys }})
        ),
        spread as (
            select *, sum(w * from_mean ^ 2) over together as q
            from weighted
            window together as ({{ 'partition by ' ~ keys | join(', ') if keys }})
        ),
        between_units as (
            select
                *,
                case
                    when units_n < 2
                    then 0
                    else greatest(0, (q - (units_n - 1)) / (w_sum - w_squared_sum / w_sum))
                end as tau2
            from spread
        ),
        pooled as (
            select
                *,
                sum(y / (v + tau2)) over together / sum(1 / (v + tau2)) over together as common,
                1 / sum(1 / (v + tau2)) over together as common_variance,
                tau2 / (tau2 + v) as reliability
            from between_units
            window together as ({{ 'partition by ' ~ keys | join(', ') if keys }})
        )
    select
        {{ (keys + units) | join(', ') }},
        y,
        v,
        units_n,
        q,
        tau2,
        common,
        sqrt(common_variance) as common_se,
        reliability,
        reliability * y + (1 - reliability) * common as shrunken,
        sqrt(reliability * v + (1 - reliability) ^ 2 * common_variance) as shrunken_sd
    from pooled
{%- endmacro %}

{# ------------------------------------------------------------------------------------------ funnel #}
{% macro funnel_low(centre, n, deff=1, z=none, phi=1) -%}
    ({{ as_double(centre) }} - {{ z or z_95() }} * sqrt(({{ phi }}) * {{ share_variance(centre, n, deff) }}))
{%- endmacro %}

{% macro funnel_high(centre, n, deff=1, z=none, phi=1) -%}
    ({{ as_double(centre) }} + {{ z or z_95() }} * sqrt(({{ phi }}) * {{ share_variance(centre, n, deff) }}))
{%- endmacro %}

{# Winsorised overdispersion per key, never below 1; limits are widened by its root. #}
{% macro overdispersion_of(relation, keys, y='y', v='v', centre='centre') -%}
    with
        scored as (
            select
                {{ keys | join(', ') }},
                ({{ as_double(y) }} - ({{ centre }})) / sqrt({{ as_double(v) }}) as score
            from {{ relation }}
            where ({{ y }}) is not null and ({{ v }}) > 0
        ),
        ends as (
            select
                {{ keys | join(', ') }},
                percentile_cont(0.1) within group (order by score) as low,
                percentile_cont(0.9) within group (order by score) as high
            from scored
            group by {{ keys | join(', ') }}
        )
    select
        {{ keys | join(', ') }},
        greatest(1, avg(least(greatest(score, low), high) ^ 2)) as phi,
        count(*) as units_n
    from scored
    inner join ends using ({{ keys | join(', ') }})
    group by {{ keys | join(', ') }}
{%- endmacro %}

{# -------------------------------------------------------------------------------- coded material #}
{# Whether coded material carries a number; false also where agreement is not known. #}
{% macro coding_sufficient(n_teams, n_units, agreement_value) -%}
    coalesce(
        (
            select
                ({{ n_teams }}) >= policy.min_teams
                and ({{ n_units }}) >= policy.min_units
                and ({{ agreement_value }}) >= policy.alpha_published
            from {{ ref('coding_policy') }} as policy
            order by policy.policy_version desc
            limit 1
        ),
        false
    )
{%- endmacro %}

{# Whether two coders agree well enough, where the rule on teams and units does not apply; false also where
   agreement is not known. #}
{% macro coding_agreed(agreement_value) -%}
    coalesce(
        (
            select ({{ agreement_value }}) >= policy.alpha_published
            from {{ ref('coding_policy') }} as policy
            order by policy.policy_version desc
            limit 1
        ),
        false
    )
{%- endmacro %}
