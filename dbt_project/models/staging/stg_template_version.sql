-- stub
select null::text as school_id
, null::text as template_id
, null::text as template_version_id
, null::int as phase_no
, null::text as canonical_phase
where false
