-- grain: one row per school, partnership, school year, commitment agreed at the year's end, and assessor:
-- the party itself (own) or the others (other)
with
    agreed as (
        select
            version.school_id,
            version.partnership_id,
            version.period as school_year,
            commitment.agreement_id,
            commitment.version_no,
            commitment.commitment_no,
            commitment.party,
            commitment.commitment_type
        from {{ rows_of('int_agreement_in_force') }} as version
        inner join
            {{ rows_of('stg_agreement_commitment') }} as commitment using (
                school_id, partnership_id, agreement_id, version_no
            )
        where version.period_type = 'school_year'
    ),
    review as (
        select
            agreed.*,
            case when review.assessed_by = agreed.party then 'own' else 'other' end as assessor,
            review.result,
            review.assessed_on,
            concat_ws(' ', review.assessed_by, review.assessed_by_id) as assessed_by,
            coalesce(review.assessed_on, delivery.delivered_on) as said_on
        from agreed
        inner join
            {{ rows_of('stg_commitment_review') }} as review using (
                school_id, partnership_id, agreement_id, version_no, commitment_no, school_year
            )
        inner join
            {{ rows_of('stg_agreement_version') }} as version using (
                school_id, partnership_id, agreement_id, version_no
            )
        left join
            {{ rows_of('stg_current_delivery') }} as delivery
            on review.school_id = delivery.school_id
            and review.partnership_id = delivery.partnership_id
            and review.period = delivery.period
            and review.file_id = delivery.file_id
            and delivery.file_type = 'commitment_reviews'
        -- an owner that is no party to the agreement does not assess it
        where review.assessed_by <> 'school_owner' or version.owner_is_party = 'yes'
    ),
    -- several others count together: kept only where all who assessed say so, else what the one says who
    -- says least
    together as (
        select
            school_id,
            partnership_id,
            school_year,
            agreement_id,
            version_no,
            commitment_no,
            assessor,
            case
                when bool_or(result = 'not_kept')
                then 'not_kept'
                when bool_or(result = 'partly')
                then 'partly'
                when bool_or(result = 'changed_by_agreement')
                then 'changed_by_agreement'
                when bool_or(result = 'kept')
                then 'kept'
                else 'not_assessed'
            end as result,
            max(assessed_on) as assessed_on,
            string_agg(assessed_by || '=' || result, ', ' order by assessed_by) as said
        from review
        group by school_id, partnership_id, school_year, agreement_id, version_no, commitment_no, assessor
    ),
    first_said as (
        select
            school_id,
            partnership_id,
            school_year,
            agreement_id,
            version_no,
            commitment_no,
            min(said_on) as said_on
        from review
        group by school_id, partnership_id, school_year, agreement_id, version_no, commitment_no
    )
select
    agreed.school_id,
    agreed.partnership_id,
    agreed.school_year,
    agreed.agreement_id,
    agreed.version_no,
    agreed.commitment_no,
    agreed.party,
    agreed.commitment_type,
    side.assessor,
    together.result,
    together.assessed_on,
    together.said,
    first_said.said_on + 30 as waits_until,
    -- the other side has said nothing for thirty days after the first did
    coalesce(today.as_of > first_said.said_on + 30, false) as is_waited_for
from agreed
cross join (values ('own'), ('other')) as side(assessor)
cross join {{ ref('stg_as_of') }} as today
left join
    together
    on agreed.school_id = together.school_id
    and agreed.partnership_id = together.partnership_id
    and agreed.school_year = together.school_year
    and agreed.agreement_id = together.agreement_id
    and agreed.version_no = together.version_no
    and agreed.commitment_no = together.commitment_no
    and side.assessor = together.assessor
left join
    first_said
    on agreed.school_id = first_said.school_id
    and agreed.partnership_id = first_said.partnership_id
    and agreed.school_year = first_said.school_year
    and agreed.agreement_id = first_said.agreement_id
    and agreed.version_no = first_said.version_no
    and agreed.commitment_no = first_said.commitment_no
