{{ config(alias='commitment_review', tags=['candidate']) }}
-- grain: one row per school, partnership, agreement, version, commitment, school year and assessor
-- depends_on: {{ ref('failed_control') }}
select
    review.school_id,
    review.partnership_id,
    review.agreement_id,
    review.version_no,
    review.commitment_no,
    review.school_year,
    review.assessed_by,
    review.assessed_by_id,
    review.result,
    review.assessed_on,
    review.written_in
from {{ ref('stg_said_commitment_review') }} as review
inner join
    {{ ref('stg_agreement_version') }} as version using (school_id, partnership_id, agreement_id, version_no)
-- an owner that is no party to the agreement does not assess it
where review.assessed_by <> 'school_owner' or version.owner_is_party = 'yes'
