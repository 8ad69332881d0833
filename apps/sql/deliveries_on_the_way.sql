-- What was sent and is not in the present release, by school, file type and period.
select file_id, school_id, file_type, school_year, loop_no, file_name, received_on, state
from authz.deliveries_on_the_way()
where %(school)s::text is null or school_id = %(school)s
