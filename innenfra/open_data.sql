-- Sums of the network that anybody may see: counted from things and not from people's answers, and open to
-- every
-- reader who sees no school.
with
    without_school as (
        select list_id from published.total_reader where role = 'county' and cardinality(school_ids) = 0
    ),
    public as (
        select content
        from published.open_total
        where list_id in (select list_id from without_school)
        group by content
        having count(distinct list_id) = (select count(distinct list_id) from without_school)
    )
select
    value.indicator_id,
    value.definition_version,
    value.period_type,
    value.period,
    value.slice::text as slice,
    value.numerator,
    value.denominator,
    value.value,
    value.unit,
    value.status,
    value.bound,
    value.coverage_observed,
    value.coverage_expected
from published.indicator_value as value
inner join published.indicator as indicator using (indicator_id, definition_version)
where
    indicator.is_current
    and value.unit_level = 'network'
    and value.comparability_class = 'K1'
    and value.n_respondents is null
    and value.content in (select content from public)
order by indicator.sort_no, value.period_type, value.period, value.slice::text
