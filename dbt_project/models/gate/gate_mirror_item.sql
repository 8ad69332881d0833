{{ config(alias='mirror_item', tags=['candidate']) }}
-- grain: one row per school, partnership and item of mirror data
-- depends_on: {{ ref('failed_control') }}
with
    -- what was answered last; of several groups on one day, the one that recognises least
    answer as (
        select distinct
            on (school_id, partnership_id, object_id)
            school_id,
            partnership_id,
            object_id as mirror_id,
            outcome,
            checked_on,
            checked_by,
            revised,
            comment
        from {{ ref('stg_said_member_check') }}
        where object_type = 'mirror' and outcome <> 'no_response'
        order by
            school_id,
            partnership_id,
            object_id,
            checked_on desc,
            written_in,
            array_position(array['not_recognised', 'partly', 'recognised'], outcome),
            checked_by
    ),
    -- who made an item is not delivered; where one institution is a party, it was that one
    author as (
        select partnership_id, min(party_id) as author_id
        from {{ ref('stg_register_partnership_party') }}
        where party_type = 'institution'
        group by partnership_id
        having count(distinct party_id) = 1
    )
select
    item.school_id,
    item.partnership_id,
    item.loop_no,
    item.mirror_id,
    item.dimension,
    item.topic_code,
    item.form,
    item.desired_practice,
    item.seed,
    item.all_teams_included,
    item.first_presented_on,
    item.text,
    item.held_up_against,
    answer.outcome,
    answer.checked_on,
    answer.checked_by,
    answer.comment,
    coalesce(answer.revised = 'yes', false) as is_revised,
    coalesce(
        answer.outcome = 'not_recognised' and answer.revised is distinct from 'yes', false
    ) as is_unrecognised,
    author.author_id
from {{ ref('stg_said_mirror_item') }} as item
left join answer using (school_id, partnership_id, mirror_id)
left join author using (partnership_id)
