-- What school owners have promised, by school, agreement and school year: the commitments of the version that
-- was in force at the year's end, or the last that was within it, with what the owner and the others say of
-- each; where several of the others
-- say something, what the one says who says least.
with
    told_year as (
        select school_year
        from published.commitment_review
        union
        select school_year
        from published.loop
        where school_year is not null
    ),
    in_force as (
        select distinct
            on (told_year.school_year, version.school_id, version.partnership_id)
            told_year.school_year,
            version.*
        from told_year
        inner join
            published.agreement as version
            on version.valid_from <= make_date(left(told_year.school_year, 4)::int + 1, 7, 31)
            and (
                version.valid_to is null
                or version.valid_to >= make_date(left(told_year.school_year, 4)::int, 8, 1)
            )
        order by
            told_year.school_year,
            version.school_id,
            version.partnership_id,
            version.valid_from desc,
            version.agreement_id,
            version.version_no desc
    ),
    said as (
        select
            school_id,
            agreement_id,
            version_no,
            commitment_no,
            school_year,
            assessed_by = 'school_owner' as by_owner,
            array_position(array['not_kept', 'partly', 'changed_by_agreement', 'kept'], result) as place
        from published.commitment_review
    )
select
    promised.school_id,
    promised.partnership_id,
    in_force.school_year,
    promised.commitment_no,
    promised.commitment_type,
    promised.quantity::float,
    promised.unit,
    promised.per,
    in_force.owner_is_party is not distinct from 'yes' as owner_is_party,
    (array['not_kept', 'partly', 'changed_by_agreement', 'kept'])[
        min(place) filter (where by_owner)
    ] as owner_says,
    (array['not_kept', 'partly', 'changed_by_agreement', 'kept'])[
        min(place) filter (where not by_owner)
    ] as others_say
from in_force
inner join published.commitment as promised using (school_id, partnership_id, agreement_id, version_no)
left join said using (school_id, agreement_id, version_no, commitment_no, school_year)
where promised.party = 'school_owner'
group by
    promised.school_id,
    promised.partnership_id,
    in_force.school_year,
    promised.agreement_id,
    promised.version_no,
    promised.commitment_no,
    promised.commitment_type,
    promised.quantity,
    promised.unit,
    promised.per,
    in_force.owner_is_party
order by in_force.school_year, promised.school_id, promised.commitment_no
