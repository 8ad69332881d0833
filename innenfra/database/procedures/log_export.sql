begin
    if not authz.is_known() then
        raise insufficient_privilege using message = 'nobody takes anything out unknown';
    end if;
    insert into authz.export_log (
        by_subject, role, relation, selection, file_format, release_id, rows_n, sha256
    )
    values (
        current_setting('app.subject', true), current_setting('app.role', true), what, which, made_as,
        of_release, with_rows, with_hash
    );
end
