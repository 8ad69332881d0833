-- grain: one row per school, codebook version and code, with the family of codebooks that its counts may be
-- compared within
with
    code as (select * from {{ rows_of('stg_codebook') }} as delivered),
    -- a codebook joins another's family where a reviewed crosswalk calls every one of its categories the same
    carried_over as (
        select
            code.school_id,
            code.codebook_version_id,
            crosswalk.to_codebook_version_id,
            count(*) filter (where code.level = 'category') as categories_n,
            count(*) filter (
                where code.level = 'category' and crosswalk.relation = 'same' and crosswalk.reviewed = 'yes'
            ) as same_n
        from code
        inner join
            {{ rows_of('stg_code_crosswalk') }} as crosswalk
            on code.school_id = crosswalk.school_id
            and code.codebook_version_id = crosswalk.from_codebook_version_id
            and code.code = crosswalk.from_code
        group by code.school_id, code.codebook_version_id, crosswalk.to_codebook_version_id
    ),
    joined as (
        select
            carried_over.school_id,
            carried_over.codebook_version_id,
            min(split_part(carried_over.to_codebook_version_id, '-v', 1)) as family
        from carried_over
        inner join
            (
                select school_id, codebook_version_id, count(*) as n
                from code
                where level = 'category'
                group by school_id, codebook_version_id
            ) as whole using (school_id, codebook_version_id)
        where carried_over.same_n = whole.n
        group by carried_over.school_id, carried_over.codebook_version_id
    )
select
    code.school_id,
    code.codebook_id,
    code.codebook_version_id,
    code.code,
    code.category,
    code.level,
    code.canonical_code,
    'codebook:' || coalesce(joined.family, code.codebook_id) as codebook_family
from code
left join joined using (school_id, codebook_version_id)
