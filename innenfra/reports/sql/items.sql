-- Items of mirror data of one loop of a school, in the order they were made.
select mirror_id, dimension, topic_code, form, desired_practice, seed, text, outcome, partnership_id
from published.mirror_item
where school_id = %(school)s and loop_no = %(loop)s::int
order by partnership_id, mirror_id
