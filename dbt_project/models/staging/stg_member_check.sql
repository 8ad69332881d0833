-- stub
select null::text as school_id
, null::date as checked_on
, null::text as outcome
, null::text as revised
where false
