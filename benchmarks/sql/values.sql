create table published.indicator_value (
    school_id text, unit_level text, unit_id text, indicator_id text, comparability_class text,
    school_year text, value double precision
);
insert into published.indicator_value
select school_id, 'school', school_id, 'B' || n % {{ indicators }}, 'K1',
    2015 + n / {{ indicators }} % 10 || '/x', n % 100 / 100.0
from (
    select (800000001 + n % {{ schools }})::text as school_id, n / {{ schools }} as n
    from generate_series(0, {{ last }}) as n
) as made
-- a build writes school by school
order by school_id;
create index on published.indicator_value (school_id, unit_level, unit_id);
-- the same rows without policies
create schema bench;
create table bench.by_hand as select * from published.indicator_value;
create index on bench.by_hand (school_id, unit_level, unit_id);
select authz.protect('published', 'indicator_value')
;
analyze published.indicator_value
;
analyze bench.by_hand
;
