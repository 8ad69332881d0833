-- stub
select null::text as school_id
, null::text as note_type
, null::text as code
, null::int as first_loop_no
where false
