-- grain: one row per school, partnership, period type and period: which method, design, forms and templates
-- its held loops had, and which of them changed
with
    attribute as (
        select
            loop.school_id,
            loop.partnership_id,
            loop.loop_no,
            loop.school_year,
            loop.partnership_year_no,
            kind.kind,
            kind.version
        from {{ rows_of('int_loop') }} as loop
        left join
            (
                select
                    school_id,
                    partnership_id,
                    loop_no,
                    max(log_instrument_version_id) as log_form,
                    max(collection_mode) as collection_mode
                from {{ rows_of('int_log_round') }} as log_round
                group by school_id, partnership_id, loop_no
            ) as answered using (school_id, partnership_id, loop_no)
        cross join
            lateral(
                values
                    ('method', loop.method),
                    ('loop_design', loop.design_version),
                    ('template', loop.template_version_id),
                    ('log_form', coalesce(answered.log_form, loop.log_instrument_version_id)),
                    ('collection_mode', answered.collection_mode)
            ) as kind(kind, version)
        where kind.version is not null and loop.is_held
    ),
    -- a version is new where an earlier loop of the school had another one; loops in between that say
    -- nothing change nothing
    with_change as (
        select
            *,
            lag(version) over (partition by school_id, partnership_id, kind order by loop_no)
            <> version as is_new
        from attribute
    ),
    by_period as (
        select
            school_id,
            partnership_id,
            period.period_type,
            period.period,
            kind,
            case when min(version) = max(version) then min(version) else 'mixed' end as version,
            coalesce(bool_or(is_new), false) as is_new
        from with_change
        cross join
            lateral(
                values
                    ('loop', loop_no::text),
                    ('school_year', school_year),
                    ('partnership_year', partnership_year_no::text),
                    ('project', 'all')
            ) as period(period_type, period)
        group by school_id, partnership_id, period.period_type, period.period, kind
    )
select
    school_id,
    partnership_id,
    period_type,
    period,
    jsonb_object_agg(kind, version) as versions,
    array_agg(kind order by kind) filter (where is_new and period_type <> 'project') as new_kinds
from by_period
group by school_id, partnership_id, period_type, period
