begin
    if not about_kind || '/' || about_unit = any(authz.visible_reports()) then
        raise insufficient_privilege using message = 'not_your_report';
    end if;
    insert into dialogue.report_words (kind, unit_id, period, section, words, by_subject, by_role)
    values (
        about_kind, about_unit, about_period, about_section, said, current_setting('app.subject'),
        current_setting('app.role')
    );
end
