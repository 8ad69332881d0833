declare
    speaker text := nullif(current_setting('app.subject', true), '');
begin
if not authz.stands_for('school', about_school)
then raise insufficient_privilege
using message = 'not_the_school'
;
end if
;
if
not exists (
    select 1
    from published.loop as loop
    where loop.school_id = about_school and loop.partnership_id = about_partnership and loop.loop_no = of_loop
)
then raise no_data_found
using message = 'no_such_loop'
;
end if
;
if until
not between current_date
and current_date + 366
then raise no_data_found
using message = 'no_such_day'
;
end if
;
perform dialogue.close_results(about_school, about_partnership, of_loop)
;
    insert into dialogue.results_link (
        school_id, partnership_id, by_subject, loop_no, token_hash, expires_on
    )
    values (about_school, about_partnership, speaker, of_loop, with_hash, until);
end
