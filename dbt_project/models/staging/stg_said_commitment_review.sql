-- grain: one row per school, partnership, agreement, version, commitment, school year and assessor: what it
-- said
-- last, delivered or in the app
-- named, not referred to: people write in the app, and a release must see what was written a moment ago
with
    said as (
        select
            school_id,
            partnership_id,
            agreement_id,
            version_no,
            commitment_no,
            school_year,
            assessed_by,
            assessed_by_id,
            result,
            assessed_on,
            'file' as written_in,
            0 as review_no
        from {{ ref('stg_commitment_review') }}
        union all
        select
            school_id,
            partnership_id,
            agreement_id,
            version_no,
            commitment_no,
            school_year,
            assessed_by,
            assessed_by_id,
            result,
            written_at::date,
            'app',
            commitment_review_id
        from dialogue.commitment_review
    )
select distinct
    on (
        school_id,
        partnership_id,
        agreement_id,
        version_no,
        commitment_no,
        school_year,
        assessed_by,
        assessed_by_id
    )
    school_id,
    partnership_id,
    agreement_id,
    version_no,
    commitment_no,
    school_year,
    assessed_by,
    assessed_by_id,
    result,
    assessed_on,
    written_in
from said
order by
    school_id,
    partnership_id,
    agreement_id,
    version_no,
    commitment_no,
    school_year,
    assessed_by,
    assessed_by_id,
    assessed_on desc nulls last,
    review_no desc
