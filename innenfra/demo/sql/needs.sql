with
    newest as (
        select max(school_year) as school_year from intermediate.int_school_year where school_id = %(school)s
    )
    insert into dialogue.need(school_id, partnership_id, by_subject, school_year, need_type, text, still)
select
    member.school_id,
    min(member.partnership_id),
    %(issuer)s || '|school|' || member.school_id,
    newest.school_year,
    %(kind)s,
    %(words)s,
    true
from register.partnership_school as member
cross join newest
where member.school_id = %(school)s and member.accepted and newest.school_year is not null
group by member.school_id, newest.school_year
