-- stub
select null::text as school_id
, null::text as partnership_id
, null::text as mirror_id
, null::int as loop_no
, null::int as teams_with_data_n
, null::int as teams_with_example_n
, null::text as all_teams_included
where false
