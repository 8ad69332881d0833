select project_id, legal_basis, relations, valid_until
from authz.research_project
where
    subject = nullif(current_setting('app.subject', true), '')
    and valid_until >= current_date
    and authz.acts_as('university')
order by valid_until, project_id
