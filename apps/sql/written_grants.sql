-- What the scope has written of grants in the app, the newest last.
select
    owner_id,
    budget_year,
    scheme_code,
    partnership_id,
    written_at,
    decided_on,
    granted,
    needs_year_1,
    needs_year_2,
    needs_year_3,
    own_share_time,
    own_share_substitutes,
    own_share_money,
    coordinator
from dialogue.grant_year
order by written_at
