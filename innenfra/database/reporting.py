"""Functions of the database that keep reports: the only way in, also for the app.

Belongs here: who may write words for a report and hand it on. `access.apply` makes them.
Does not belong here: the tables (`innenfra/contracts/reports.py`), what a report says (`innenfra/reports`).

Each asks who speaks (`app.subject`) and raises a code as its message; `innenfra/reports/issue.py` has the
words.
"""

from __future__ import annotations

from innenfra.contracts.reports import READERS_OF_KIND

UNITS_SIGNATURE = "visible_reports()"
UNITS = """
select coalesce(array_agg(distinct report), '{}') from (
    select kind || '/' || unit_id as report
    from unnest(array['county', 'council']) as kind cross join unnest(authz.visible_units('school_owner')) as unit_id
    union all
    select 'mirror/' || school_id from unnest(authz.visible_schools()) as school_id
    where authz.acts_as('school') or authz.acts_as('university')
    union all
    select 'yearly/' || partnership_id from unnest(authz.visible_partnerships()) as partnership_id
    where authz.acts_as('school') or authz.acts_as('university')
) as report
"""
"""What the one who asks may make reports about, as kind/unit."""

_REFUSE = """
    if not about_kind || '/' || about_unit = any(authz.visible_reports()) then
        raise insufficient_privilege using message = 'not_your_report';
    end if;
"""

WRITE_SIGNATURE = (
    "write_report_words(about_kind text, about_unit text, about_period text, about_section text, said text)"
)
WRITE = f"""
begin
    {_REFUSE}
    insert into dialogue.report_words (kind, unit_id, period, section, words, by_subject, by_role)
    values (about_kind, about_unit, about_period, about_section, btrim(said), current_setting('app.subject'), current_setting('app.role'));
end
"""

ISSUE_SIGNATURE = (
    "issue_report(about_kind text, about_unit text, about_period text, in_language text, made_as text,"
    " called text, of_release int, told jsonb, told_sha256 text, bytes bytea)"
)
ISSUE = f"""
declare
    made bigint;
begin
    {_REFUSE}
    insert into dialogue.issued_report (
        kind, unit_id, period, language, file_format, file_name, release_id, says, says_sha256, file, sha256, issued_by, issued_role
    )
    values (
        about_kind, about_unit, about_period, in_language, made_as, called, of_release, told, told_sha256, bytes,
        encode(sha256(bytes), 'hex'), current_setting('app.subject'), current_setting('app.role')
    )
    returning report_id into made;
    return made;
end
"""

READ = "kind || '/' || unit_id = any((select authz.visible_reports())::text[])"
"""Own words are read by all who make the report."""

OF_ROLE = " or ".join(
    f"issued_role = '{role}' and (select authz.acts_as('{role}'))"
    for role in sorted({role for roles in READERS_OF_KIND.values() for role in roles})
)
"""What was issued holds what its role could see, so it is read in that role alone."""

READ_ISSUED = f"{READ} and ({OF_ROLE})"
