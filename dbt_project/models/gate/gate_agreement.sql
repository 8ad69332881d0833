{{ config(alias='agreement') }}
-- grain: one row per school, agreement and version
-- depends_on: {{ ref('failed_control') }}
select
    version.school_id,
    version.partnership_id,
    version.agreement_id,
    version.version_no,
    version.valid_from,
    version.valid_to,
    version.planned_years,
    version.change_reason,
    version.change_basis_ref,
    version.signed_on,
    version.has_goals,
    version.has_frames,
    version.has_roles,
    version.has_organisation,
    version.owner_is_party,
    version.version_no > 1 as is_amendment,
    (
        select min(year.partnership_year_no)
        from {{ ref('int_agreement_year') }} as year
        where
            year.school_id = version.school_id
            and year.partnership_id = version.partnership_id
            and year.version_no = version.version_no
    ) as from_partnership_year
from {{ ref('stg_agreement_version') }} as version
