-- Grain: one row per school that delivered anything or is registered; the text changes whenever the school must be built anew.
with deliveries as (
    select school_id, count(*) as deliveries, max(file_id) as latest_file
    from {{ source('inbox', 'delivery') }}
    group by school_id
),

held_back as (
    select school_id, count(*) as held, bit_xor(hashtextextended(concat_ws('/', file_id, file_type, row_number), 0)) as rows_hash
    from {{ source('landed', 'held_back_row') }}
    where stage = 'across'
    group by school_id
),

registered as (
    select school_id, md5(string_agg(concat_ws('/', valid_from, valid_to, name, owner_id, municipality_no, small_school), ' ' order by valid_from)) as versions
    from {{ source('register', 'school') }}
    group by school_id
),

partnerships as (
    select
        member.school_id,
        md5(string_agg(concat_ws('/', member.partnership_id, member.invited, member.accepted, partnership.started_on, partnership.ended_on), ' ' order by member.partnership_id)) as memberships
    from {{ source('register', 'partnership_school') }} as member
    join {{ source('register', 'partnership') }} as partnership using (partnership_id)
    group by member.school_id
)

select
    school_id,
    concat_ws(
        ' ', {{ var('logic_version') }}, deliveries.deliveries, deliveries.latest_file, held_back.held, held_back.rows_hash,
        registered.versions, partnerships.memberships
    ) as fingerprint
from deliveries
full join registered using (school_id)
full join partnerships using (school_id)
left join held_back using (school_id)
