-- stub
select null::text as school_id
, null::text as mirror_id
, null::text as meeting_id
where false
