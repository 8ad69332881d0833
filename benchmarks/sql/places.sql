insert into register.school (school_id, valid_from, name, owner_id, municipality_no, school_code)
select (800000000 + n)::text, '2015-01-01', 'Skole ' || n,
    case when n <= {{ of_owner }} then 'bench-o' else 'bench-other' end, '1508', 'B' || n
from generate_series(1, {{ schools }}) as n;
insert into register.partnership (partnership_id, title, status) values ('BENCH', 'BENCH', 'running');
insert into register.partnership_party (partnership_id, party_id, party_type, valid_from)
values ('BENCH', 'bench-u', 'institution', '2015-01-01');
insert into register.partnership_school (partnership_id, school_id, invited, accepted)
select 'BENCH', (800000000 + n)::text, true, true from generate_series(1, {{ of_university }}) as n;
-- made by dbt in the product; what the policies read of it
create table if not exists published.agreement (
    school_id text, partnership_id text, valid_from date, valid_to date
);
insert into published.agreement (school_id, partnership_id, valid_from)
select (800000000 + n)::text, 'BENCH', '2015-01-01' from generate_series(1, {{ of_university }}) as n;
