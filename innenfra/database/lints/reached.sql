select relation.*, schema.nspname || '.' || relation.relname as name
from pg_class as relation
inner join pg_namespace as schema on schema.oid = relation.relnamespace
where
    schema.nspname = any(%(schemas)s)
    and relation.relkind in ('r', 'p', 'v', 'm', 'f')
    and (
        schema.nspname = any(%(reader_schemas)s)
        or exists (
            select 1
            from aclexplode(relation.relacl) as given
            inner join pg_roles as role on role.oid = given.grantee
            where role.rolname in {{ ours }}
        )
        or exists (
            select 1
            from pg_attribute as one
            cross join aclexplode(one.attacl) as given
            inner join pg_roles as role on role.oid = given.grantee
            where one.attrelid = relation.oid and role.rolname in {{ ours }}
        )
    )
