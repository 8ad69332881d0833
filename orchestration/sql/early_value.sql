-- grain: one row per value of a school in the gate that the release does not tell as it is, but for schools
-- that are
-- shown nothing
-- what a school borrows from others (partial pooling, reliability, verdicts) waits for the release
insert into published.early_value (
    school_id,
    partnership_id,
    indicator_id,
    definition_version,
    comparability_class,
    period_type,
    period,
    slice,
    numerator,
    numerator_high,
    denominator,
    value,
    value_high,
    unit,
    n_respondents,
    coverage_observed,
    coverage_expected,
    status,
    status_reason,
    note,
    bound,
    interval_low,
    interval_high,
    change_waits,
    run_id
)
select
    now.school_id,
    now.partnership_id,
    now.indicator_id,
    now.definition_version,
    now.comparability_class,
    now.period_type,
    now.period,
    now.slice,
    now.numerator,
    now.numerator_high,
    now.denominator,
    now.value,
    now.value_high,
    now.unit,
    now.n_respondents,
    now.coverage_observed,
    now.coverage_expected,
    now.status,
    now.status_reason,
    now.note,
    now.bound,
    now.interval_low,
    now.interval_high,
    now.change_waits,
    %(run)s
from gate.indicator_value as now
{%- if released %}
left join
    published.school_indicator_value as told
    on now.school_id = told.school_id
    and coalesce(now.partnership_id, '') = coalesce(told.partnership_id, '')
    and now.indicator_id = told.indicator_id
    and now.definition_version = told.definition_version
    and now.period_type = told.period_type
    and now.period = told.period
    and now.slice = told.slice
{%- endif %}
where
    now.unit_level = 'school'
    and now.school_id <> all(%(but)s)
{%- if released %}
    and (
        told.school_id is null
        or (
            now.numerator,
            now.numerator_high,
            now.denominator,
            now.value,
            now.value_high,
            now.n_respondents,
            now.coverage_observed,
            now.coverage_expected,
            now.status,
            now.status_reason,
            now.note,
            now.bound,
            now.interval_low,
            now.interval_high
        )
        is distinct from (
            told.numerator,
            told.numerator_high,
            told.denominator,
            told.value,
            told.value_high,
            told.n_respondents,
            told.coverage_observed,
            told.coverage_expected,
            told.status,
            told.status_reason,
            told.note,
            told.bound,
            told.interval_low,
            told.interval_high
        )
    )
{%- endif %}
