-- The school's own values with a number, whether others wait for them, and until when.
with
    policy as (select member_check_days as days from authz.access_policy order by policy_version desc limit 1)
select
    own.school_id,
    own.partnership_id,
    own.indicator_id,
    own.period_type,
    own.period,
    own.slice::text as slice,
    own.numerator::float,
    own.numerator_high::float,
    own.denominator::float,
    own.value::float,
    own.value_high::float,
    own.value_below::float,
    own.unit,
    own.status,
    own.status_reason,
    own.bound,
    own.n_respondents,
    others.status = 'awaiting_member_check' as awaits,
    to_char(
        (shown.since + make_interval(days => policy.days)) at time zone 'Europe/Oslo', 'DD.MM.YYYY'
    ) as until,
    shown.since + make_interval(days => policy.days) <= now() as run_out,
    ceil(extract(epoch from shown.since + make_interval(days => policy.days) - now()) / 86400)::int
    as days_left
from published.school_indicator_value as own
inner join
    published.indicator as indicator
    on own.indicator_id = indicator.indicator_id
    and own.definition_version = indicator.definition_version
    and indicator.is_current
cross join policy
left join
    lateral(
        select min(released_at) as since
        from published.release
        where state = 'published' and release_id >= own.release_id
    ) as shown
    on true
left join
    published.indicator_value as others on others.school_id = own.school_id and others.cell_key = own.cell_key
where own.status in ('observed', 'stated_zero', 'provisional')
order by own.period_type, length(own.period) desc, own.period desc, indicator.sort_no, own.slice::text
