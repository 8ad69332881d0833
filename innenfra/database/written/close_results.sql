begin
if not authz.stands_for('school', about_school)
then raise insufficient_privilege
using message = 'not_the_school'
;
end if
;
    update dialogue.results_link
    set closed_at = now()
    where
        school_id = about_school
        and partnership_id = about_partnership
        and loop_no = of_loop
        and closed_at is null;
end
