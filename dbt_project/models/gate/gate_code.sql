{{ config(alias='code', tags=['candidate']) }}
-- grain: one row per school, partnership, school year, loop, arena, codebook version and code
-- depends_on: {{ ref('failed_control') }}
select
    coded.school_id,
    coded.partnership_id,
    coded.school_year,
    coded.loop_no,
    coded.arena,
    coded.codebook_version_id,
    coded.code,
    code.category,
    code.level,
    code.label_nb,
    coded.n_units_with_code,
    coded.n_units_base,
    coded.coded_by_party,
    coded.double_coded_n,
    coded.agreement_measure,
    coded.agreement_value
from {{ ref('stg_coded_count') }} as coded
left join {{ ref('stg_codebook') }} as code using (school_id, codebook_version_id, code)
