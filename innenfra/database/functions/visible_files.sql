select coalesce(array_agg(file_id), '{}')
from inbox.file
where school_id = any(authz.visible_schools()) and (authz.acts_as('school') or authz.acts_as('university'))
