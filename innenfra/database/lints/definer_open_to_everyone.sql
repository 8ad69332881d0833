select schema.nspname || '.' || function.proname
from pg_proc as function
inner join pg_namespace as schema on schema.oid = function.pronamespace
where
    schema.nspname = any(%(schemas)s)
    and function.prosecdef
    and (
        not exists (select 1 from unnest(function.proconfig) as setting where setting like 'search_path=%%')
        or exists (
            select 1
            from aclexplode(coalesce(function.proacl, acldefault('f', function.proowner))) as given
            where given.grantee = 0
        )
    )
