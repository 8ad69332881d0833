declare
    number bigint;
begin
    if not exists (select 1 from authz.research_projects() where project_id = of_project) then
        raise insufficient_privilege using message = 'not_your_project';
    end if;
    insert into authz.research_extract (project_id, release_id, salt, rows_n, sha256)
    values (of_project, of_release, with_salt, of_rows, with_hash)
    returning extract_id into number;
    return number;
end
