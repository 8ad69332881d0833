do $$
declare
    one regprocedure;
begin
    -- the right of everyone to temporary tables, and to large objects where this server lets its owner take
    -- it away
    execute format('revoke temporary on database %I from public', current_database());
    for one in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
            and proname in (
                'lo_creat', 'lo_create', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite', 'lo_unlink'
            )
    loop
        execute format('revoke execute on function %s from public', one);
    end loop;
exception
    when insufficient_privilege then null;
end
$$
