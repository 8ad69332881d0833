{{ config(alias='owner_commitment') }}
-- grain: one row per school, partnership, school year and commitment of the school owner agreed at the year's
-- end, with what the owner itself and the others say of it
-- depends_on: {{ ref('failed_control') }}
select
    commitment.school_id,
    commitment.partnership_id,
    commitment.school_year,
    commitment.agreement_id,
    commitment.version_no,
    commitment.commitment_no,
    commitment.commitment_type,
    agreed.quantity,
    agreed.unit,
    agreed.per,
    max(commitment.result) filter (where commitment.assessor = 'own') as owner_says,
    max(commitment.result) filter (where commitment.assessor = 'other') as others_say,
    max(commitment.assessed_on) as assessed_on
from {{ ref('int_commitment_assessment') }} as commitment
inner join
    {{ ref('stg_agreement_commitment') }} as agreed using (
        school_id, partnership_id, agreement_id, version_no, commitment_no
    )
where commitment.party = 'school_owner'
group by
    commitment.school_id,
    commitment.partnership_id,
    commitment.school_year,
    commitment.agreement_id,
    commitment.version_no,
    commitment.commitment_no,
    commitment.commitment_type,
    agreed.quantity,
    agreed.unit,
    agreed.per
