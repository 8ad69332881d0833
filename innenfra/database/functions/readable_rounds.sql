select coalesce(array_agg({{ log_round }}), '{}')
from landed.log_round
where
    school_id = any(authz.visible_schools())
    and authz.acts_as('coder')
    and submitted_n
    >= (select text_min_submissions from authz.access_policy order by policy_version desc limit 1)
