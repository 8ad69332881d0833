declare
    made bigint;
begin
    if not about_kind || '/' || about_unit = any(authz.visible_reports()) then
        raise insufficient_privilege using message = 'not_your_report';
    end if;
    insert into dialogue.issued_report (
        kind, unit_id, period, language, file_format, file_name, release_id, says, says_sha256, file, sha256,
        issued_by, issued_role
    )
    values (
        about_kind, about_unit, about_period, in_language, made_as, called, of_release, told, told_sha256,
        bytes, encode(sha256(bytes), 'hex'), current_setting('app.subject'), current_setting('app.role')
    )
    returning report_id into made;
    return made;
end
