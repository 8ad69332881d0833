{{ config(alias='indicator_value', indexes=[{'columns': ['school_id']}]) }}
-- grain: one row per unit, partnership, indicator, version, period and slice of the current release, as others than the school see it
{%- set own = api.Relation.create(database=this.database, schema=this.schema, identifier='school_indicator_value') %}
with own_cell as materialized (
    select cell.*, {{ first_shown('cell', own) }} as shown_to_school, row_number() over () as cell_no
    from (select *, md5(gate::text) as content from {{ ref('gate_indicator_value') }} as gate) as cell
    {{ joined_with_before('cell', own) }}
),
-- the newest of the school's looks at the value as it now is
look as (
    select distinct on (own_cell.cell_no) own_cell.cell_no, seen.answer
    from own_cell
    inner join {{ ref('gate_seen_by_school') }} as seen
        on own_cell.school_id = seen.school_id and seen.release_id >= own_cell.shown_to_school
        and coalesce(seen.indicator_id, own_cell.indicator_id) = own_cell.indicator_id
        and coalesce(seen.period_type, own_cell.period_type) = own_cell.period_type
        and coalesce(seen.period, own_cell.period) = own_cell.period
    order by own_cell.cell_no, seen.member_check_id desc
),
-- others wait until the school has looked, and for as long as it does not recognise itself
waited as (
    select
        own_cell.*,
        own_cell.unit_level = 'school' and own_cell.status in ('observed', 'stated_zero')
            and coalesce(look.answer, 'not_recognised') = 'not_recognised' as is_awaiting
    from own_cell
    left join look using (cell_no)
),
safe as (
    select
        unit_level, unit_id, school_id, partnership_id, indicator_id, definition_version, comparability_class, period_type, period, slice,
        case when not is_awaiting then numerator end as numerator,
        case when not is_awaiting then denominator end as denominator,
        case when not is_awaiting then value end as value,
        unit,
        case when not is_awaiting then n_respondents end as n_respondents,
        case when not is_awaiting then coverage_observed end as coverage_observed,
        case when not is_awaiting then coverage_expected end as coverage_expected,
        case when is_awaiting then 'awaiting_member_check' else status end as status,
        case when is_awaiting then '=' else bound end as bound,
        case when not is_awaiting then interval_low end as interval_low,
        case when not is_awaiting then interval_high end as interval_high,
        case when not is_awaiting then shrunken end as shrunken,
        case when not is_awaiting then reliability end as reliability,
        break_before, break_reason,
        case when is_awaiting then 'not_comparable' else comparability end as comparability,
        case when is_awaiting then 'no_number' else comparability_reason end as comparability_reason,
        agreement_version
    from waited
),
cell as (
    select *, md5(safe::text) as content from safe
)
select
    {{ first_shown('cell', this) }} as release_id,
    cell.unit_level, cell.unit_id, school.name as unit_name, {{ shown_columns('cell') }}
from cell
left join {{ ref('gate_school') }} as school using (school_id)
{{ joined_with_before('cell', this) }}
