{{ config(alias='indicator_value', indexes=[{'columns': ['school_id', 'unit_level', 'unit_id']}]) }}
-- grain: one row per unit, partnership, indicator, version, period and slice of the current release, as
-- others than the school see it
with
    shown as (
        select {{ value_columns() }}
        from {{ ref('gate_shown_value') }}
        union all
        select {{ value_columns() }}
        from {{ ref('gate_unit_value') }}
    ),
    cell as (select *, {{ cell_key('shown') }} as cell_key, md5(shown::text) as content from shown)
select
    {{ first_shown('cell', this) }} as release_id,
    cell.unit_level,
    cell.unit_id,
    coalesce(school.name, unit.name) as unit_name,
    {{ shown_columns('cell') }}
from cell
left join {{ ref('gate_school') }} as school using (school_id)
left join
    {{ ref('gate_unit') }} as unit on cell.unit_level = unit.unit_level and cell.unit_id = unit.unit_id
    {{ joined_with_before('cell', this) }}
