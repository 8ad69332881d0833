select coalesce(array_agg(distinct about), '{}')
from (select unnest({{ measures_of_role }}) as about {{ grants }}) as seen
