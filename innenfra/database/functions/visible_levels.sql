select coalesce(array_agg(distinct level), '{}')
from (select unnest({{ levels_of_role }}) as level {{ grants }}) as seen
