{{ config(alias='commitment', tags=['candidate']) }}
-- grain: one row per school, partnership, agreement, version and commitment
-- depends_on: {{ ref('failed_control') }}
select
    school_id,
    partnership_id,
    agreement_id,
    version_no,
    commitment_no,
    party,
    commitment_type,
    quantity,
    unit,
    per
from {{ ref('stg_agreement_commitment') }}
