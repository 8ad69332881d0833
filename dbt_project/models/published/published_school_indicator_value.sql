{{ config(alias='school_indicator_value', indexes=[{'columns': ['school_id']}]) }}
-- grain: one row per school, partnership, indicator, version, period and slice of the current release, as
-- the school itself sees it
with
    cell as (
        select
            gate.*,
            null::text as n_band,
            null::numeric as value_below,
            {{ cell_key('gate') }} as cell_key,
            {{ own_content('gate') }} as content
        from {{ ref('gate_indicator_value') }} as gate
        where unit_level = 'school'
    )
select
    {{ first_shown('cell', this) }} as release_id,
    cell.unit_level,
    cell.unit_id,
    school.name as unit_name,
    {{ shown_columns('cell') }}
from cell
left join {{ ref('gate_school') }} as school using (school_id) {{ joined_with_before('cell', this) }}
