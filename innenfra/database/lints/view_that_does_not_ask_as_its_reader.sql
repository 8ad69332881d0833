select name
from ({{ reached }}) as reached
where
    relkind = 'v'
    and not coalesce(reloptions @> '{security_invoker=true}' or reloptions @> '{security_invoker=on}', false)
