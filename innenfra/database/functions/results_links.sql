-- links by which results were handed back, of the school that stands behind the reader; never the secret
select link.partnership_id, link.loop_no, link.written_at::date, link.expires_on
from dialogue.results_link as link
where
    link.school_id = of_school
    and authz.stands_for('school', of_school)
    and link.closed_at is null
    and link.expires_on >= current_date
