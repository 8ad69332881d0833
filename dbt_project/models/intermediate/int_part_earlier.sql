-- grain: one row per school, partnership, loop or year, indicator, earlier version of its definition and slice: formulas that were replaced, still counted, so that their series go on
-- A3, version 1: an amendment also counted as grounded where its reason was an evaluation, without saying which
with amendment as (
    select
        version.school_id, version.partnership_id, dated.school_year, year.partnership_year_no,
        bool_or(dated.year_is_provisional) as year_is_provisional,
        count(*) as amendments_n,
        count(*) filter (where version.change_basis_ref is not null or version.change_reason = 'evaluation') as grounded_n
    from {{ rows_of('stg_agreement_version') }} as version
    inner join {{ rows_of('int_dated_row') }} as dated using (school_id, partnership_id, file_id, row_number)
    left join {{ rows_of('int_school_year') }} as year using (school_id, partnership_id, school_year)
    where version.version_no > 1 and dated.file_type = 'agreement_versions'
    group by version.school_id, version.partnership_id, dated.school_year, year.partnership_year_no
)
select
    school_id, partnership_id, null::integer as loop_no, school_year, partnership_year_no, null::text as budget_year,
    'A3' as indicator_id, 1 as definition_version, '{}'::jsonb as slice,
    grounded_n::numeric as numerator, amendments_n::numeric as denominator, null::integer as n_respondents, null::text as absence,
    'sum'::text as aggregation, null::text as comparison_family, null::text as only_clock,
    case when year_is_provisional then 'school_year' end as provisional_on, null::text as note
from amendment
