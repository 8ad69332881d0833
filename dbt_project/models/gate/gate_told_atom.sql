{{ config(alias='told_atom') }}
-- grain: one row per atom, and one per number that is told in parts, as the sum of its parts: what every
-- number above is counted from
with
    split_key as (
        select indicator_id, definition_version, max(split_by) as split_by
        from {{ ref('indicator_measure') }}
        group by indicator_id, definition_version
    ),
    -- questions of which some school's year may turn out to be another
    provisional as (
        select distinct
            member.atom_level as unit_level,
            member.atom_id as unit_id,
            case when member.atom_level = 'school' then member.partnership_id else '' end as partnership_id,
            member.indicator_id,
            member.definition_version,
            member.school_year,
            member.question,
            member.family
        from {{ ref('gate_membership') }} as member
        inner join
            {{ ref('gate_people_frame') }} as frame
            on member.school_id = frame.school_id
            and member.partnership_id = frame.partnership_id
            and member.indicator_id = frame.indicator_id
            and member.definition_version = frame.definition_version
            and member.school_year = frame.period
            and member.question = frame.slice - 'answer'
        where frame.period_type = 'school_year' and frame.status_before = 'provisional'
    ),
    atom as (
        select
            atom.*,
            block.year_block,
            provisional.unit_id is not null as is_provisional,
            atom.question - coalesce(split_key.split_by, '') as whole_question,
            split_key.split_by is not null and atom.question ? split_key.split_by as is_part
        from {{ ref('gate_atom') }} as atom
        left join split_key using (indicator_id, definition_version)
        left join {{ ref('gate_year_block') }} as block using (school_year)
        left join
            provisional using (
                unit_level,
                unit_id,
                partnership_id,
                indicator_id,
                definition_version,
                school_year,
                question,
                family
            )
    )
select
    unit_level,
    unit_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    school_year,
    year_block,
    whole_question,
    family,
    answer,
    slice,
    n,
    schools_n,
    base,
    low_x,
    high_x,
    safe_x,
    bound,
    is_rest,
    bound <> '=' or is_rest as has_coded,
    is_provisional,
    change_waits,
    1 as atoms_n
from atom
union all
select
    unit_level,
    unit_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    school_year,
    year_block,
    whole_question,
    family,
    answer,
    case
        when answer = '' then whole_question else whole_question || jsonb_build_object('answer', answer)
    end as slice,
    sum(n)::integer as n,
    max(schools_n) as schools_n,
    sum(base) as base,
    sum(low_x) as low_x,
    sum(high_x) as high_x,
    sum(safe_x) as safe_x,
    {{ bound_of('sum(low_x)', 'sum(high_x)', 'sum(base)') }} as bound,
    bool_and(is_rest) as is_rest,
    bool_or(bound <> '=' or is_rest) as has_coded,
    bool_or(is_provisional) as is_provisional,
    bool_or(change_waits) as change_waits,
    count(*)::integer as atoms_n
from atom
where is_part
group by
    unit_level,
    unit_id,
    partnership_id,
    indicator_id,
    definition_version,
    period_type,
    period,
    school_year,
    year_block,
    whole_question,
    family,
    answer
