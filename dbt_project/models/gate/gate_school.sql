{{ config(alias='school') }}
-- grain: one row per school of a partnership, in its newest version
-- depends_on: {{ ref('failed_control') }}
with
    newest as (
        select distinct on (school_id) *
        from {{ ref('stg_register_school') }}
        order by school_id, valid_from desc
    ),
    membership as (
        select
            member.school_id,
            array_agg(distinct member.partnership_id order by member.partnership_id) as partnership_ids,
            array_agg(distinct party.party_id order by party.party_id) filter (
                where party.party_type = 'institution'
            ) as institution_ids
        from {{ ref('stg_register_partnership_school') }} as member
        left join {{ ref('stg_register_partnership_party') }} as party using (partnership_id)
        group by member.school_id
    ),
    size as (
        select distinct on (school_id) school_id, teacher_n
        from {{ ref('stg_school_year') }}
        order by school_id, school_year desc
    )
select
    newest.school_id,
    newest.school_code,
    newest.name,
    newest.owner_id,
    owner.name as owner_name,
    newest.municipality_no,
    left(newest.municipality_no, 2) as county_no,
    membership.institution_ids,
    membership.partnership_ids,
    case
        when size.teacher_n is null
        then null
        when size.teacher_n < 10
        then 'under_10'
        when size.teacher_n < 25
        then '10_24'
        else '25_plus'
    end as size_band,
    newest.small_school,
    newest.language_form,
    not exists (
        select 1
        from {{ ref('stg_current_delivery') }} as delivery
        where delivery.school_id = newest.school_id
    ) as invited_only
from newest
inner join membership using (school_id)
left join size using (school_id)
left join
    lateral(
        select name
        from {{ ref('stg_register_school_owner') }} as o
        where o.owner_id = newest.owner_id
        order by valid_from desc
        limit 1
    ) as owner
    on true
