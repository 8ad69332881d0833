declare
    made regclass := format('%I.%I', in_schema, relation)::regclass;
    full_name text := format('%I.%I', in_schema, relation);
    kind "char" := (select relkind from pg_class where oid = made);
    one record;
    names text;
begin
    if kind = 'v' then
        execute format('alter view %s set (security_invoker = true, security_barrier = true)', made);
    else
        execute format('alter table %s enable row level security', made);
        execute format('alter table %s force row level security', made);
        for one in select polname from pg_policy where polrelid = made loop
            execute format('drop policy %I on %s', one.polname, made);
        end loop;
        execute format('create policy owner on %s to current_user using (true) with check (true)', made);
    end if;
    execute format('revoke all on %s from {{ reader }}, {{ coder }}, {{ engineer }}, {{ writer }}', made);
    for one in
        select * from (values {{ rules }}) as rule (about, reader, condition, columns)
        where about = full_name
        union all
        select full_name, '{{ engineer }}', '(select authz.acts_as(''engineer''))', hidden.columns
        from (
            select (
                select columns from (values {{ hidden }}) as hidden (about, columns) where about = full_name
            ) as columns
        ) as hidden
        where in_schema = any({{ engineer_schemas }}) and not full_name = any({{ platform_only }})
    loop
        if kind <> 'v' then
            begin
                execute format(
                    'create policy %I on %s for select to %I using (%s)',
                    one.reader, made, one.reader, one.condition
                );
            exception when undefined_column then
                -- of an earlier version, made before there was what decides: nothing is told until it is made
                -- anew
                execute format(
                    'create policy %I on %s for select to %I using (false)', one.reader, made, one.reader
                );
            end;
        end if;
        if one.columns is null then
            execute format('grant select on %s to %I', made, one.reader);
        else
            select string_agg(quote_ident(attname), ', ') into names from pg_attribute
            where attrelid = made and attnum > 0 and not attisdropped
                -- of the engineer the hidden ones are said, of all others those that they read
                and (attname = any(one.columns)) = (one.reader <> '{{ engineer }}');
            execute format('grant select (%s) on %s to %I', names, made, one.reader);
        end if;
    end loop;
end
