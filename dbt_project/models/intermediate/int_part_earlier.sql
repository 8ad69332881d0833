-- grain: one row per school, partnership, loop or year, indicator, earlier version of its definition and slice: formulas that were replaced, still counted, so that their series go on
with year as (
    select * from {{ rows_of('int_school_year') }} as school_year
),
-- A3, version 1: an amendment also counted as grounded where its reason was an evaluation, without saying which
amendment as (
    select
        version.school_id, version.partnership_id, year.school_year, year.partnership_year_no,
        count(*) as amendments_n,
        count(*) filter (where version.change_basis_ref is not null or version.change_reason = 'evaluation') as grounded_n
    from {{ rows_of('stg_agreement_version') }} as version
    left join year
        on version.school_id = year.school_id and version.partnership_id = year.partnership_id
        and version.valid_from >= year.year_start and version.valid_from < year.before_day
    where version.version_no > 1
    group by 1, 2, 3, 4
)
select
    school_id, partnership_id, null::integer as loop_no, school_year, partnership_year_no, null::text as budget_year, 'A3' as indicator_id, 1 as definition_version, '{}'::jsonb as slice,
    grounded_n::numeric as numerator, amendments_n::numeric as denominator, null::integer as n_respondents, null::text as absence, 'sum'::text as aggregation,
    null::text as comparison_family, null::text as only_clock
from amendment
