-- grain: one row per school, partnership, loop or year, indicator, earlier version of its definition and slice: formulas that were replaced, still counted, so that their series go on
-- a formula that was wrong is not counted beside the right one; no other has been replaced
select
    part.school_id, part.partnership_id, part.loop_no, part.school_year, part.partnership_year_no, part.budget_year,
    part.indicator_id, null::integer as definition_version, part.slice,
    part.numerator, part.denominator, part.n_respondents, part.absence, part.aggregation, part.comparison_family, part.only_clock,
    part.provisional_on, part.note
from {{ rows_of('int_part_agreement') }} as part
where false
