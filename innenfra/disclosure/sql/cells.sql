-- a school's answers wait together until it has seen them
with
    awaited as (
        select distinct school_id, partnership_id, indicator_id, definition_version, period_type, period
        from gate.{{ awaited }}
        where status = 'awaiting_member_check'
    )
select
    cell.school_id,
    cell.partnership_id,
    cell.indicator_id,
    cell.definition_version::text as definition_version,
    cell.period_type,
    cell.period,
    cell.school_year,
    cell.question::text as question,
    cell.whole_question::text as whole_question,
    cell.is_part,
    cell.answer,
    cell.family,
    cell.disclosure,
    cell.municipality_no,
    cell.municipality_today,
    cell.institutions,
    membership.atom_level,
    membership.atom_id,
    coalesce(atom.x, cell.x)::float as x,
    coalesce(atom.base, cell.base)::float as base,
    cell.partnership_year,
    cell.year_block,
    coalesce(value.status in ('observed', 'stated_zero', 'provisional'), false) as is_shown,
    value.bound,
    value.numerator::float as numerator,
    value.numerator_high::float as numerator_high,
    value.denominator::float as denominator,
    atom.low_x::float as low_x,
    atom.high_x::float as high_x,
    awaited.school_id is not null as is_awaiting
from gate.cell as cell
inner join
    gate.membership as membership using (
        school_id, partnership_id, indicator_id, definition_version, period_type, period, question, family
    )
left join
    gate.atom as atom
    on membership.atom_level = 'school'
    and atom.unit_level = 'school'
    and atom.unit_id = cell.school_id
    and atom.partnership_id = cell.partnership_id
    and atom.indicator_id = cell.indicator_id
    and atom.definition_version = cell.definition_version
    and atom.period_type = cell.period_type
    and atom.period = cell.period
    and atom.question = cell.question
    and atom.family = cell.family
    and atom.answer = cell.answer
left join
    gate.indicator_value as value
    on value.unit_level = 'school'
    and value.school_id = cell.school_id
    and value.partnership_id = cell.partnership_id
    and value.indicator_id = cell.indicator_id
    and value.definition_version = cell.definition_version
    and value.period_type = cell.period_type
    and value.period = cell.period
    and value.slice = case
        when cell.answer = ''
        then cell.question
        else cell.question || jsonb_build_object('answer', cell.answer)
    end
left join
    awaited
    on awaited.school_id = cell.school_id
    and awaited.partnership_id = cell.partnership_id
    and awaited.indicator_id = cell.indicator_id
    and awaited.definition_version = cell.definition_version
    and awaited.period_type = cell.period_type
    and awaited.period = cell.period
where %(schools)s::text[] is null or cell.school_id = any(%(schools)s)
