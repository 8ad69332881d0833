with {{ placed_and_agreed }}
select 'university' as role, institution_id as unit_id, school_id
from agreed
union
select 'school_owner', owner_id, school_id
from placed
union
select 'school', school_id, school_id
from placed
