select name || ' ' || policy.polname
from ({{ reached }}) as reached
inner join pg_policy as policy on policy.polrelid = reached.oid
cross join lateral pg_get_expr(policy.polqual, policy.polrelid) as condition
where
    (select count(*) from regexp_matches(condition, 'authz\.\w+\(', 'g'))
    > (select count(*) from regexp_matches(condition, 'SELECT authz\.\w+\(', 'g'))
