{{ config(indexes=[{'columns': ['school_id', 'school_year']}]) }}
-- grain: one row per school, school year and structure: whose the school was and where it was at the end of
-- that year, and whose and where by today's structure
-- what cannot be told apart is named together with +, and is then a unit of its own
with recursive
    school_year as (
        select school_id, school_year, make_date(left(school_year, 4)::integer + 1, 7, 31) as on_day
        from
            (
                select school_id, school_year
                from {{ rows_of('int_school_year') }} as year
                union
                select school_id, school_year
                from {{ rows_of('int_loop') }} as loop
                union
                -- a year of which only a total is stated
                select school_id, period_value
                from {{ rows_of('stg_stated_total') }} as stated
                where period_type = 'school_year' and period_value like '____/__'
            ) as asked
        where school_year is not null
    ),
    version as (
        select
            school_id,
            owner_id,
            municipality_no,
            valid_from,
            lag(valid_from) over by_day as valid_from_before,
            lead(valid_from) over by_day as valid_from_after
        from {{ ref('stg_register_school') }}
        where
            school_id in (select school_id from school_year)
            or school_id in (select to_school_id from {{ ref('stg_register_school_succession') }})
        window by_day as (partition by school_id order by valid_from)
    ),
    change as materialized(
        select 'municipality' as kind, changed_on, from_no as from_id, to_no as to_id
        from {{ ref('stg_register_municipality_change') }}
        where
            changed_on
            > (select least(min(version.valid_from), (select min(on_day) from school_year)) from version)
        union
        select 'owner', changed_on, from_owner_id, to_owner_id
        from {{ ref('stg_register_owner_succession') }}
        union
        select 'school', changed_on, from_school_id, to_school_id
        from {{ ref('stg_register_school_succession') }}
        where to_school_id in (select school_id from version) and changed_on <= current_date
    ),
    known as (
        select distinct fact.kind, fact.id, valid_from as known_on
        from version
        cross join lateral(values ('municipality', municipality_no), ('owner', owner_id)) as fact(kind, id)
        union
        select 'school', school_id, '-infinity'::date
        from school_year
    ),
    -- what became of each: a change leads on to all that it made
    later as (
        select kind, id, known_on, id as at_id, known_on as from_day
        from known
        union
        select later.kind, later.id, later.known_on, change.to_id, change.changed_on
        from later
        inner join
            change
            on later.kind = change.kind
            and later.at_id = change.from_id
            and change.changed_on = (
                select min(next.changed_on)
                from change as next
                where
                    next.kind = later.kind and next.from_id = later.at_id and next.changed_on > later.from_day
            )
    ),
    later_until as (
        select
            later.*,
            (
                select min(next.changed_on)
                from change as next
                where
                    next.kind = later.kind and next.from_id = later.at_id and next.changed_on > later.from_day
            ) as before_day
        from later
    ),
    -- what each came from: a change leads back to all that went into it
    earlier as (
        select kind, id, known_on, id as at_id, known_on + 1 as before_day
        from known
        where kind <> 'school'
        union
        select earlier.kind, earlier.id, earlier.known_on, change.from_id, change.changed_on
        from earlier
        inner join
            change
            on earlier.kind = change.kind
            and earlier.at_id = change.to_id
            and change.changed_on = (
                select max(last.changed_on)
                from change as last
                where
                    last.kind = earlier.kind
                    and last.to_id = earlier.at_id
                    and last.changed_on < earlier.before_day
            )
    ),
    earlier_since as (
        select
            earlier.*,
            (
                select max(last.changed_on)
                from change as last
                where
                    last.kind = earlier.kind
                    and last.to_id = earlier.at_id
                    and last.changed_on < earlier.before_day
            ) as from_day
        from earlier
    ),
    -- by today's structure a school that is no more is where its successors are
    asked as (
        select school_id, school_id as register_id, 'as_it_was' as structure, school_year, on_day
        from school_year
        union all
        select id, at_id, 'today', null, current_date
        from later_until
        where kind = 'school' and (before_day is null or before_day > current_date)
    ),
    -- the version that the register has for the day, and the one that comes after it
    said as (
        select
            asked.school_id,
            asked.register_id,
            asked.structure,
            asked.school_year,
            asked.on_day,
            fact.kind,
            fact.id,
            version.valid_from as known_on,
            version.valid_from <= asked.on_day as is_in_force
        from asked
        inner join
            version
            on asked.register_id = version.school_id
            and (
                (
                    version.valid_from <= asked.on_day
                    and (version.valid_from_after is null or version.valid_from_after > asked.on_day)
                )
                or (
                    version.valid_from > asked.on_day
                    and (version.valid_from_before is null or version.valid_from_before <= asked.on_day)
                )
            )
        cross join
            lateral(values ('municipality', version.municipality_no), ('owner', version.owner_id)) as fact(
                kind, id
            )
    ),
    candidate as (
        select
            said.school_id,
            said.register_id,
            said.structure,
            said.school_year,
            said.kind,
            coalesce(later_until.at_id, earlier_since.at_id) as at_id,
            bool_or(said.is_in_force) as from_before,
            bool_or(not said.is_in_force) as from_after
        from said
        left join
            later_until
            on said.is_in_force
            and said.kind = later_until.kind
            and said.id = later_until.id
            and said.known_on = later_until.known_on
            and said.on_day >= later_until.from_day
            and (later_until.before_day is null or said.on_day < later_until.before_day)
        left join
            earlier_since
            on not said.is_in_force
            and said.kind = earlier_since.kind
            and said.id = earlier_since.id
            and said.known_on = earlier_since.known_on
            and said.on_day < earlier_since.before_day
            and (earlier_since.from_day is null or said.on_day >= earlier_since.from_day)
        group by
            said.school_id,
            said.register_id,
            said.structure,
            said.school_year,
            said.kind,
            coalesce(later_until.at_id, earlier_since.at_id)
    ),
    -- where a change leaves more than one, the school's own next entry says which side it went to
    weighed as (
        select
            *,
            count(*) filter (where from_before) over one as before_n,
            count(*) filter (where from_before and from_after) over one as agreed_n
        from candidate
        window one as (partition by school_id, register_id, structure, school_year, kind)
    ),
    place as (
        select
            school_id,
            structure,
            school_year,
            string_agg(distinct at_id, '+' order by at_id) filter (where kind = 'owner') as owner_id,
            string_agg(distinct at_id, '+' order by at_id) filter (
                where kind = 'municipality'
            ) as municipality_no
        from weighed
        where
            case
                when before_n = 0
                then from_after
                when before_n > 1 and agreed_n > 0
                then from_before and from_after
                else from_before
            end
        group by school_id, structure, school_year
    )
select
    school_year.school_id,
    school_year.school_year,
    place.structure,
    place.owner_id,
    place.municipality_no,
    {{ county_of('place.municipality_no') }} as county_no
from school_year
inner join
    place
    on school_year.school_id = place.school_id
    and (place.structure = 'today' or school_year.school_year = place.school_year)
