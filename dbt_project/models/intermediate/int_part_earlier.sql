-- grain: one row per school, partnership, loop or year, indicator, earlier version of its definition and
-- slice: formulas that were replaced, still counted, so that their series go on
-- a formula that was wrong is not counted beside the right one; no other has been replaced
select
    school_id,
    partnership_id,
    null::integer as loop_no,
    school_year,
    partnership_year_no,
    null::text as budget_year,
    null::text as indicator_id,
    null::integer as definition_version,
    '{}'::jsonb as slice,
    null::numeric as numerator,
    null::numeric as denominator,
    null::integer as n_respondents,
    null::text as absence,
    'sum'::text as aggregation,
    null::text as comparison_family,
    null::text as only_clock,
    null::text as provisional_on,
    null::text as note
from {{ rows_of('int_school_year') }} as year
where false
