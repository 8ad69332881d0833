select schema.nspname || '.' || relation.relname
from pg_class as relation
inner join pg_namespace as schema on schema.oid = relation.relnamespace
where
    schema.nspname = any(%(schemas)s)
    and (
        exists (select 1 from aclexplode(relation.relacl) as given where given.grantee = 0)
        or exists (
            select 1
            from pg_attribute as one
            cross join aclexplode(one.attacl) as given
            where one.attrelid = relation.oid and given.grantee = 0
        )
    )
union all
select schema.nspname
from pg_namespace as schema
where
    schema.nspname = any(%(schemas)s)
    and exists (select 1 from aclexplode(schema.nspacl) as given where given.grantee = 0)
