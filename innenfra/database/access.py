"""Who may read what in the database: roles, row policies, and a lint that finds what is missing.

Belongs here: the database's roles, the functions that say what a subject may see, the rule of every
relation that the app's roles reach, and the lint. `apply` runs after every migration; dbt calls
`authz.protect` for each table it builds (macro `protect`), from the same rules.
Does not belong here: people and their roles (`innenfra/people.py`), how the app asks (`apps/reader.py`).

The app logs in as `innenfra_app`, which can read nothing. Each request is one transaction with
`set local role` to a reader role and `app.subject` and `app.role` set locally; `app.unit`, where it is set,
narrows to the one unit that was chosen. What a subject may see is asked of functions, each once per query
(`(select f())`), never once per row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import psycopg
from psycopg import sql

from innenfra.contracts.indicators import AUDIENCES
from innenfra.database import grants, lineage, speech

LOGIN = "innenfra_app"
READER, CODER, ENGINEER, WRITER = "innenfra_reader", "innenfra_coder", "innenfra_engineer", "innenfra_writer"
DATABASE_ROLE = {
    "university": READER,
    "school_owner": READER,
    "school": READER,
    "county": READER,
    "coder": CODER,
    "engineer": ENGINEER,
}
"""The database role that a request of each role takes on."""

SCHEMAS = (
    "inbox",
    "landed",
    "restricted",
    "quality",
    "register",
    "staging",
    "intermediate",
    "marts",
    "gate",
    "published",
    "authz",
    "dialogue",
)
READER_SCHEMAS = ("published", "authz", "dialogue")
"""Schemas in which every relation is protected, whether or not it is granted to anyone."""

ENGINEER_SCHEMAS = (
    "inbox",
    "landed",
    "quality",
    "register",
    "intermediate",
    "marts",
    "gate",
    "published",
    "authz",
    "dialogue",
)
FREE_TEXT = {
    "landed.held_back_row": ("row_values",),
    # messages repeat what was found in the cell
    "quality.finding": ("value_shown", "message_nb", "message_nn", "message_en"),
    "dialogue.member_check": ("comment",),
    "dialogue.comment": ("comment",),
    "published.member_check": ("comment",),
    "published.quote": ("words",),
}
"""Columns that may hold people's own words; engineers do not read them."""

ONLY_ADDED = ("dialogue.member_check", "dialogue.comment", "authz.export_log", "inbox.erasure")
"""Tables whose rows are never changed or taken away, not even by their owner."""

PLATFORM_ONLY = ("marts.delivered_row", "gate.seen_by_school")
"""Views over what no reader reaches: the platform itself reads them, to walk a number back to its rows and to
make a release."""

AUDIENCES_OF_ROLE = {
    "school": ("school", "partners", "owner"),
    "university": ("partners", "owner"),
    "school_owner": ("owner",),
    "county": ("owner",),
}
"""Which audiences each role is part of."""

MEASURES_OF_ROLE = {
    role: tuple(about for about, audience in AUDIENCES.items() if audience in read)
    for role, read in AUDIENCES_OF_ROLE.items()
}
"""What each role reads, by indicator and class as `A1/K1`."""

LEVELS_OF_ROLE = {
    "university": ("network", "municipality", "county", "school_owner", "pool"), "school_owner": ("network",), "school": ("network",),
    "county": ("network",),
}  # fmt: skip
"""Levels above the school of which each role sees every unit; of the others it sees its own."""

SCHOOL = "school_id = any((select authz.visible_schools())::text[])"
INVITED = "school_id = any((select authz.invited_schools())::text[])"
"""Schools that were invited to a partnership of the institution, also those that never delivered anything:
their names and state."""

SHOWN = "indicator_id || '/' || comparability_class = any((select authz.visible_measures())::text[])"
# each arm is a condition of the index on school, level and unit, so that no row is asked again after the
# index
ABOVE = "school_id is null and unit_level = any((select authz.visible_levels())::text[]) or " + " or ".join(
    f"school_id is null and unit_level = '{level}' and unit_id = any((select"
    f" authz.visible_units('{level}'))::text[])"
    for level in ("municipality", "county", "school_owner", "institution")
)
# a total is open to a reader where the schools in it that the reader does not see are none, or enough to hide
# one another; decisions/0010
OPEN = "(school_id is not null or unit_level = 'pool' or content in (select authz.open_totals()))"
OWN = f"(select authz.acts_as('school')) and {SCHOOL}"
ANYONE = "(select authz.is_known())"
_DIALOGUE = (
    f"{SCHOOL} and (indicator_id is null or indicator_id = any((select authz.visible_indicators())::text[]))"
)
_DIALOGUE_COLUMNS = ("school_id", "release_id", "indicator_id", "period_type", "period", "comment")


@dataclass(frozen=True)
class Rule:
    """Which rows of a relation a database role reads, and which columns (none means all)."""

    relation: str
    role: str
    condition: str
    columns: tuple[str, ...] = ()


RULES = (
    Rule("published.indicator_value", READER, f"({SCHOOL} or {ABOVE}) and {OPEN} and {SHOWN}"),
    Rule("published.school_indicator_value", READER, OWN),
    Rule("published.member_check", READER, _DIALOGUE),
    Rule("published.school", READER, f"{SCHOOL} or {INVITED}"),
    Rule("published.agreement", READER, SCHOOL),
    Rule("published.owner_commitment", READER, SCHOOL),
    # the owner itself, and the institutions of the partnership
    Rule(
        "published.grant_year", READER,
        "owner_id = any((select authz.visible_units('school_owner'))::text[])"
        " or (select authz.acts_as('university')) and partnership_id = any((select authz.visible_partnerships())::text[])",
    ),
    Rule("published.provider_share", READER, "county_no = any((select authz.visible_units('county'))::text[])"),
    Rule("published.delivery_status", READER, f"{SCHOOL} or {INVITED}"),
    Rule("published.partnership", READER, "partnership_id = any((select authz.visible_partnerships())::text[])"),
    Rule("published.indicator", READER, ANYONE),
    Rule("published.family_crosswalk", READER, ANYONE),
    # a view: whoever asks sees pairs of those values that they see
    Rule("published.comparison", READER, ANYONE),
    Rule("published.indicator_measure", READER, ANYONE),
    # of all schools together, without names
    Rule("published.reference_value", READER, SHOWN),
    Rule("published.funnel_limit", READER, SHOWN),
    Rule("published.coding", READER, f"{SCHOOL} and {SHOWN} and (not awaits_school or (select authz.acts_as('school')))"),
    Rule("published.trend", READER, f"{SCHOOL} and {SHOWN}"),
    Rule("published.release", READER, ANYONE),
    Rule("marts.disclosure_policy", READER, ANYONE),
    Rule("marts.indicator_measure", READER, ANYONE),
    Rule("quality.check_result", READER, ANYONE),
    Rule(
        "marts.indicator_value", READER, f"{SCHOOL} and {SHOWN}",
        ("school_id", "partnership_id", "indicator_id", "definition_version", "period_type", "period", "slice", "is_stated"),
    ),
    # no hash, size, path or time of day: they would tell one delivery from another outside the platform
    Rule(
        "inbox.file", READER, SCHOOL,
        ("file_id", "file_name", "format", "school_id", "received_on", "received_by", "status", "rows_read", "rows_landed", "rows_held_back"),
    ),
    # they quote cells: of the school's own files to the school, of what the university sent to the university
    Rule(
        "quality.finding", READER,
        "file_id = any((select authz.visible_files())::bigint[])"
        " and ((select authz.acts_as('school')) or owner = 'university' and (select authz.acts_as('university')))",
        (
            "finding_id", "file_id", "file_type", "sheet", "row_number", "column", "value_shown", "rule", "severity",
            "message_nb", "message_nn", "message_en", "owner", "state",
        ),
    ),
    Rule("dialogue.member_check", READER, _DIALOGUE, (*_DIALOGUE_COLUMNS, "member_check_id", "seen_on", "answer")),
    Rule("dialogue.comment", READER, _DIALOGUE, (*_DIALOGUE_COLUMNS, "comment_id", "written_at")),
    # the school first, then the universities; never the owner
    Rule("published.quote", READER, f"({OWN}) or (cleared_at is not null and (select authz.acts_as('university')) and {SCHOOL})"),
    # how long a school has, and from how many logs on answers are read
    Rule("authz.access_policy", READER, ANYONE),
    Rule("authz.access_policy", CODER, ANYONE),
    Rule("published.school", CODER, SCHOOL),
    Rule("published.release", CODER, ANYONE),
    Rule(
        "restricted.log_text", CODER, f"{SCHOOL} and {speech.ROUND} = any((select authz.readable_rounds())::text[])",
        ("text_id", "school_id", "partnership_id", "loop_no", "round_no", "item_id", "answer", "is_flagged", "delete_after"),
    ),
    Rule("restricted.quote", CODER, SCHOOL),
)  # fmt: skip
"""Everything that readers and coders reach; what is not here they cannot read. Engineers: see
ENGINEER_SCHEMAS."""

# ---------------------------------------------------------------- what a subject may see

_GRANTS = """
    from authz.role_grant as given
    inner join authz.person as person using (subject)
    where person.active
        and given.subject = nullif(current_setting('app.subject', true), '')
        and given.role = nullif(current_setting('app.role', true), '')
        and given.scope_id = coalesce(nullif(current_setting('app.unit', true), ''), given.scope_id)
        and given.valid_from <= current_date
        and (given.valid_to is null or given.valid_to > current_date)
"""
# where each school is today, and which universities have an agreement with it
_PLACED_AND_AGREED = """policy as (
    select coalesce((select university_keeps_history from authz.access_policy order by policy_version desc limit 1), false) as keeps_history
),
placed as (
    select distinct on (school_id) school_id, owner_id
    from register.school where valid_from <= current_date order by school_id, valid_from desc
),
-- a school is a university's while an agreement between them is in force
agreed as (
    select agreement.school_id, party.party_id as institution_id
    from published.agreement as agreement
    inner join register.partnership as partnership using (partnership_id)
    inner join register.partnership_school as member using (partnership_id, school_id)
    inner join register.partnership_party as party using (partnership_id)
    cross join policy
    where party.party_type = 'institution' and member.accepted and partnership.status <> 'withdrawn'
        and agreement.valid_from <= current_date and party.valid_from <= current_date
        and (
            policy.keeps_history
            or partnership.status <> 'ended' and coalesce(partnership.ended_on >= current_date, true) and coalesce(member.left_on >= current_date, true)
            and coalesce(agreement.valid_to >= current_date, true) and coalesce(party.valid_to > current_date, true)
        )
)"""
UNITS_AND_SCHOOLS = f"""
    with {_PLACED_AND_AGREED.replace("published.agreement", "gate.agreement")}
    select 'university' as role, institution_id as unit_id, school_id from agreed
    union
    select 'school_owner', owner_id, school_id from placed
    union
    select 'school', school_id, school_id from placed
"""
"""Every unit that people may act for, with the schools that it sees one by one once the release in the making
is shown:
the whole that `visible_schools()` asks a part of."""

COUNTIES = "select distinct left(municipality_no, 2) from register.school order by 1"
"""Where there are or were schools: counties see their totals, and no school."""

MUNICIPALITIES_OF_OWNERS = "select distinct owner_id, municipality_no from register.school"
"""Where a school owner has or had schools: it sees the totals of these municipalities and their counties."""


def _by_role(of_role: dict[str, tuple[str, ...]]) -> str:
    """What each role has, as text[] by `given.role`."""
    arms = " ".join(f"when '{role}' then '{{{','.join(has)}}}'" for role, has in of_role.items())
    return f"case given.role {arms} else '{{}}' end::text[]"


_FUNCTIONS: dict[str, tuple[str, str]] = {
    "is_known()": ("boolean", f"select exists (select 1 {_GRANTS})"),
    "acts_as(wanted text)": ("boolean", f"select exists (select 1 {_GRANTS} and given.role = wanted)"),
    "visible_schools()": (
        "text[]",
        f"""
with given as (select given.role, given.scope_type, given.scope_id {_GRANTS}),
{_PLACED_AND_AGREED}
select coalesce(array_agg(distinct school_id), '{{}}') from (
    select scope_id as school_id from given where scope_type = 'school'
    union all
    select placed.school_id from given inner join placed on given.scope_type = 'owner' and placed.owner_id = given.scope_id
    union all
    select agreed.school_id from given inner join agreed on given.scope_type = 'institution' and agreed.institution_id = given.scope_id
    union all
    select placed.school_id from given cross join placed where given.scope_type = 'all'
) as seen""",
    ),
    "invited_schools()": (
        "text[]",
        f"""with given as (select given.scope_id {_GRANTS} and given.scope_type = 'institution')
select coalesce(array_agg(distinct member.school_id), '{{}}')
from register.partnership_school as member
inner join register.partnership_party as party using (partnership_id)
inner join given on party.party_type = 'institution' and party.party_id = given.scope_id
where member.invited and party.valid_from <= current_date""",
    ),
    "visible_measures()": (
        "text[]",
        f"""select coalesce(array_agg(distinct about), '{{}}') from (
    select unnest({_by_role(MEASURES_OF_ROLE)}) as about
    {_GRANTS}
) as seen""",
    ),
    "visible_indicators()": (
        "text[]",
        (
            "select coalesce(array_agg(distinct split_part(about, '/', 1)), '{}') from"
            " unnest(authz.visible_measures()) as about"
        ),
    ),
    "visible_levels()": (
        "text[]",
        f"""select coalesce(array_agg(distinct level), '{{}}') from (
    select unnest({_by_role(LEVELS_OF_ROLE)}) as level
    {_GRANTS}
) as seen""",
    ),
    "visible_units(wanted text)": (
        "text[]",
        f"""with given as (select given.role, given.scope_id {_GRANTS})
select coalesce(array_agg(distinct unit), '{{}}') from (
    select scope_id as unit from given where role = 'university' and wanted = 'institution' or role = 'school_owner' and wanted = 'school_owner' or role = 'county' and wanted = 'county'
    union all
    select left(school.municipality_no, place.digits)
    from given
    inner join register.school as school on given.role = 'school_owner' and school.owner_id = given.scope_id
    inner join (values ('municipality', 4), ('county', 2)) as place (level, digits) on place.level = wanted
) as seen""",
    ),
    # as it was worked out for the release, and for no other schools than those that the reader sees today
    "open_totals()": (
        "setof text",
        f"""with mine as (
    select given.role, array_agg(distinct given.scope_id collate "C" order by given.scope_id collate "C") as unit_ids {_GRANTS} group by given.role
),
seen as (
    select coalesce(array_agg(school_id collate "C" order by school_id collate "C"), '{{}}') as school_ids from unnest(authz.visible_schools()) as school_id
)
select open_total.content
from mine
cross join seen
inner join published.total_reader as reader on reader.role = mine.role and reader.unit_ids = mine.unit_ids and reader.school_ids = seen.school_ids
inner join published.open_total as open_total using (list_id)""",
    ),
    "visible_partnerships()": (
        "text[]",
        (
            "select coalesce(array_agg(distinct partnership_id), '{}') from register.partnership_school where"
            " school_id = any(authz.visible_schools())"
        ),
    ),
    "visible_files()": (
        "bigint[]",
        """select coalesce(array_agg(file_id), '{}') from inbox.file
where school_id = any(authz.visible_schools()) and (authz.acts_as('school') or authz.acts_as('university'))""",
    ),
    # a small round is not read because a large one came in the same file
    "readable_rounds()": (
        "text[]",
        f"""select coalesce(array_agg({speech.ROUND}), '{{}}') from landed.log_round
where school_id = any(authz.visible_schools()) and authz.acts_as('coder')
    and submitted_n >= (select text_min_submissions from authz.access_policy order by policy_version desc limit 1)""",
    ),
    # rows are told to whoever sees the fraction itself: their number would tell what is kept back
    lineage.BEHIND_SIGNATURE: (
        lineage.BEHIND_RETURNS,
        f"""
select behind.file_id, behind.file_name, behind.file_type, case when seen.in_full then behind.rows end
from {lineage.CALL_ALL} as behind
cross join lateral (
    select authz.acts_as('school') or exists (
        select 1 from published.indicator_value as value
        where value.school_id = of_school and value.partnership_id = of_partnership and value.indicator_id = of_indicator
            and value.definition_version = of_version and value.period_type = of_period_type and value.period = of_period and value.slice = of_slice
            and value.numerator is not null
    ) as in_full
) as seen
where behind.file_id = any(authz.visible_files()) and of_school = any(authz.visible_schools()) and of_indicator = any(authz.visible_indicators())
order by behind.file_id, behind.file_type""",
    ),
    "stopped_at()": (
        "timestamptz",
        """select case when outcome in ('failed', 'interrupted') then coalesce(finished_at, started_at) end from quality.run
where finished_at is not null order by started_at desc limit 1""",
    ),
    "my_grants()": (
        "setof authz.role_grant",
        """select given.* from authz.role_grant as given inner join authz.person as person using (subject)
where person.active and given.subject = nullif(current_setting('app.subject', true), '')
    and given.valid_from <= current_date and (given.valid_to is null or given.valid_to > current_date)
order by given.role, given.scope_id""",
    ),
    "my_units()": (
        "table (role text, scope_id text, name text)",
        """select distinct given.role, given.scope_id, coalesce(institution.name, owner.name, school.name, case when given.scope_type = 'county' then 'Fylke ' || given.scope_id end)
from authz.my_grants() as given
left join lateral (
    select name from register.institution where given.scope_type = 'institution' and institution_id = given.scope_id order by valid_from desc limit 1
) as institution on true
left join lateral (
    select name from register.school_owner where given.scope_type = 'owner' and owner_id = given.scope_id order by valid_from desc limit 1
) as owner on true
left join lateral (
    select name from register.school where given.scope_type = 'school' and school_id = given.scope_id order by valid_from desc limit 1
) as school on true""",
    ),
    "demonstration_people()": (
        "table (subject text, display_label text, role text, scope_id text)",
        """select person.subject, person.display_label, given.role, given.scope_id
from authz.person as person inner join authz.role_grant as given using (subject)
where person.subject like 'demonstration|%' and person.active order by given.role, given.scope_id""",
    ),
}
"""Functions of `authz` by signature: what they return, and their body. All run as the owner of the tables."""

_GONE = ("authz.visible_units()", "authz.readable_answers()")
"""Functions of earlier versions, dropped once no policy asks them any more."""

_WRITE = """
declare
    speaker text := nullif(current_setting('app.subject', true), '');
begin
    if not exists (
        select 1 from authz.role_grant as given inner join authz.person as person using (subject)
        where person.active and given.subject = speaker and given.role = 'school' and given.scope_id = about_school
            and given.valid_from <= current_date and (given.valid_to is null or given.valid_to > current_date)
    ) then
        raise insufficient_privilege using message = 'only the school''s own people write about it';
    end if;
    if length(words) > 1000 then
        raise string_data_right_truncation using message = 'a comment has at most 1000 letters';
    end if;
    if not exists (select 1 from published.release as release where release.release_id = about_release and release.state <> 'refused') then
        raise foreign_key_violation using message = 'there is no such release to write about';
    end if;
    if said is null then
        insert into dialogue.comment (school_id, release_id, indicator_id, period_type, period, by_subject, comment)
        values (about_school, about_release, about_indicator, about_period_type, about_period, speaker, words);
    else
        insert into dialogue.member_check (school_id, release_id, indicator_id, period_type, period, by_subject, answer, comment)
        values (about_school, about_release, about_indicator, about_period_type, about_period, speaker, said, nullif(words, ''));
    end if;
end
"""
_WRITE_SIGNATURE = (
    "write(about_school text, about_release int, about_indicator text, about_period_type text, about_period"
    " text, said text, words text)"
)
_LOG_EXPORT_SIGNATURE = (
    "log_export(what text, which jsonb, made_as text, of_release int, with_rows int, with_hash text)"
)
_LOG_EXPORT = """
begin
    if not authz.is_known() then
        raise insufficient_privilege using message = 'nobody takes anything out unknown';
    end if;
    insert into authz.export_log (by_subject, role, relation, selection, file_format, release_id, rows_n, sha256)
    values (current_setting('app.subject', true), current_setting('app.role', true), what, which, made_as, of_release, with_rows, with_hash);
end
"""
LIMITS = {"statement_timeout": "15s", "idle_in_transaction_session_timeout": "60s"}
"""How long the app's login may ask, and stand idle in the middle of asking."""

_NO_OTHER_PLACE = """
do $$
declare
    one regprocedure;
begin
    -- the right of everyone to temporary tables, and to large objects where this server lets its owner take it away
    execute format('revoke temporary on database %I from public', current_database());
    for one in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace and proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite', 'lo_unlink')
    loop
        execute format('revoke execute on function %s from public', one);
    end loop;
exception
    when insufficient_privilege then null;
end
$$
"""
"""Nowhere but in the tables of the product does the app's login keep anything."""

_ONLY_ADDED = "begin raise exception 'rows of % are only added', tg_table_name; end"

_PROTECT = """
declare
    made regclass := format('%I.%I', in_schema, relation)::regclass;
    full_name text := format('%I.%I', in_schema, relation);
    kind "char" := (select relkind from pg_class where oid = made);
    one record;
    names text;
begin
    if kind = 'v' then
        execute format('alter view %s set (security_invoker = true, security_barrier = true)', made);
    else
        execute format('alter table %s enable row level security', made);
        execute format('alter table %s force row level security', made);
        for one in select polname from pg_policy where polrelid = made loop
            execute format('drop policy %I on %s', one.polname, made);
        end loop;
        execute format('create policy owner on %s to current_user using (true) with check (true)', made);
    end if;
    execute format('revoke all on %s from {reader}, {coder}, {engineer}, {writer}', made);
    for one in
        select * from (values {rules}) as rule (about, reader, condition, columns)
        where about = full_name
        union all
        select full_name, '{engineer}', '(select authz.acts_as(''engineer''))', hidden.columns
        from (select coalesce((select columns from (values {hidden}) as hidden (about, columns) where about = full_name), null) as columns) as hidden
        where in_schema = any({engineer_schemas}) and not full_name = any({platform_only})
    loop
        if kind <> 'v' then
            execute format('create policy %I on %s for select to %I using (%s)', one.reader, made, one.reader, one.condition);
        end if;
        if one.columns is null then
            execute format('grant select on %s to %I', made, one.reader);
        else
            select string_agg(quote_ident(attname), ', ') into names from pg_attribute
            where attrelid = made and attnum > 0 and not attisdropped
                and (case when one.reader = '{engineer}' then not attname = any(one.columns) else attname = any(one.columns) end);
            execute format('grant select (%s) on %s to %I', names, made, one.reader);
        end if;
    end loop;
end
"""


def apply(connection: psycopg.Connection) -> None:
    """Make roles, functions and policies, or bring them up to date. One transaction; the caller commits."""
    _roles(connection)
    connection.execute("set local check_function_bodies = off")
    for schema in SCHEMAS:
        connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)))
    schemas_of = {READER: ("published", "marts", "inbox", "quality", "authz", "dialogue"), CODER: ("published", "restricted", "authz"),
                  ENGINEER: ENGINEER_SCHEMAS, WRITER: ("dialogue",)}  # fmt: skip
    for role, schemas in schemas_of.items():
        for schema in schemas:
            connection.execute(
                sql.SQL("grant usage on schema {} to {}").format(sql.Identifier(schema), sql.Identifier(role))
            )
    for signature, (returns, body) in _FUNCTIONS.items():
        _definer(
            connection,
            f"authz.{signature}",
            returns,
            body,
            "sql stable parallel safe",
            (READER, CODER, ENGINEER),
        )
    _definer(
        connection, f"authz.{lineage.ALL_SIGNATURE}", lineage.BEHIND_RETURNS, lineage.ALL, "sql stable", ()
    )
    _definer(
        connection,
        f"dialogue.{grants.REPORT_SIGNATURE}",
        "void",
        grants.REPORT,
        "plpgsql volatile",
        (WRITER,),
    )
    _definer(connection, f"dialogue.{_WRITE_SIGNATURE}", "void", _WRITE, "plpgsql volatile", (WRITER,))
    _definer(
        connection,
        f"authz.{_LOG_EXPORT_SIGNATURE}",
        "void",
        _LOG_EXPORT,
        "plpgsql volatile",
        (READER, CODER, ENGINEER),
    )
    for signature, returns, body, role in (
        (f"restricted.{speech.PROPOSE_SIGNATURE}", "bigint", speech.PROPOSE, CODER),
        (f"restricted.{speech.RELEASE_SIGNATURE}", "void", speech.RELEASE, CODER),
        (f"restricted.{speech.WITHDRAW_SIGNATURE}", "void", speech.WITHDRAW, CODER),
        (f"dialogue.{speech.ANSWER_SIGNATURE}", "void", speech.ANSWER, WRITER),
    ):
        _definer(connection, signature, returns, body, "plpgsql volatile", (role,))
    _definer(connection, "dialogue.only_added()", "trigger", _ONLY_ADDED, "plpgsql", ())
    for table in ONLY_ADDED:
        connection.execute(
            f"create or replace trigger only_added before update or delete or truncate on {table} for each"
            " statement execute function dialogue.only_added()"
        )
    _protect_function(connection)
    existing = connection.execute(
        "select nspname, relname from pg_class inner join pg_namespace as schema on schema.oid = relnamespace"
        " where nspname = any(%s) and relkind in ('r', 'p', 'v') order by 1, 2",
        ([*ENGINEER_SCHEMAS, "restricted"],),
    ).fetchall()
    for schema, name in existing:
        connection.execute("select authz.protect(%s, %s)", (schema, name))
    for signature in _GONE:
        connection.execute(f"drop function if exists {signature}")


def set_password(connection: psycopg.Connection, password: str) -> None:
    """Give the app's login its password."""
    connection.execute(
        sql.SQL("alter role {} password {}").format(sql.Identifier(LOGIN), sql.Literal(password))
    )


def _roles(connection: psycopg.Connection) -> None:
    connection.execute("select pg_advisory_xact_lock(4218)")
    known = {r[0] for r in connection.execute("select rolname from pg_roles").fetchall()}
    for role in (READER, CODER, ENGINEER, WRITER):
        if role not in known:
            connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
    if LOGIN not in known:
        connection.execute(sql.SQL("create role {} login noinherit").format(sql.Identifier(LOGIN)))
    for name, value in LIMITS.items():
        connection.execute(
            sql.SQL("alter role {} set {} = {}").format(
                sql.Identifier(LOGIN), sql.Identifier(name), sql.Literal(value)
            )
        )
    connection.execute(_NO_OTHER_PLACE)
    for role in (READER, CODER, ENGINEER, WRITER):
        connection.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(LOGIN)))
        # the owner of the tables takes them on for commands that are done as someone
        connection.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(role)))


def _definer(
    connection: psycopg.Connection,
    signature: str,
    returns: str,
    body: str,
    language: str,
    readers: Iterable[str],
) -> None:
    name = signature.split("(")[0]
    kinds = ", ".join(
        part.strip().split(" ", 1)[1]
        for part in signature.split("(", 1)[1].rstrip(")").split(",")
        if part.strip()
    )
    connection.execute(
        f"create or replace function {signature} returns {returns} language {language} security definer set"
        f" search_path = pg_catalog, pg_temp as $body${body}$body$"
    )
    connection.execute(f"revoke all on function {name}({kinds}) from public")
    for role in readers:
        connection.execute(f"grant execute on function {name}({kinds}) to {role}")


def _protect_function(connection: psycopg.Connection) -> None:
    def text(value: str) -> str:
        return sql.Literal(value).as_string(connection)

    def array(values: Iterable[str]) -> str:
        return f"array[{', '.join(text(v) for v in values)}]::text[]"

    rules = ", ".join(
        f"({text(r.relation)}, {text(r.role)}, {text(r.condition)},"
        f" {array(r.columns) if r.columns else 'null::text[]'})"
        for r in RULES
    )
    hidden = ", ".join(f"({text(name)}, {array(columns)})" for name, columns in FREE_TEXT.items())
    body = _PROTECT.format(
        rules=rules,
        hidden=hidden,
        engineer_schemas=array(ENGINEER_SCHEMAS),
        platform_only=array(PLATFORM_ONLY),
        reader=READER,
        coder=CODER,
        engineer=ENGINEER,
        writer=WRITER,
    )
    connection.execute(
        "create or replace function authz.protect(in_schema text, relation text) returns void language"
        f" plpgsql as $body${body}$body$"
    )
    connection.execute("revoke all on function authz.protect(text, text) from public")


# ---------------------------------------------------------------- lint

_OURS = f"('{LOGIN}', '{READER}', '{CODER}', '{ENGINEER}', '{WRITER}')"
_REACHED = f"""
    select relation.*, schema.nspname || '.' || relation.relname as name
    from pg_class as relation inner join pg_namespace as schema on schema.oid = relation.relnamespace
    where schema.nspname = any(%(schemas)s) and relation.relkind in ('r', 'p', 'v', 'm', 'f')
        and (
            schema.nspname = any(%(reader_schemas)s)
            or exists (select 1 from aclexplode(relation.relacl) as given inner join pg_roles as role on role.oid = given.grantee where role.rolname in {_OURS})
            or exists (
                select 1 from pg_attribute as one cross join aclexplode(one.attacl) as given inner join pg_roles as role on role.oid = given.grantee
                where one.attrelid = relation.oid and role.rolname in {_OURS}
            )
        )
"""
LINTS = {
    "row-level security is off": (
        f"select name from ({_REACHED}) as reached where relkind in ('r', 'p') and not relrowsecurity"
    ),
    "row-level security is not forced": (
        f"select name from ({_REACHED}) as reached where relkind in ('r', 'p') and relrowsecurity and not"
        " relforcerowsecurity"
    ),
    "no policy": (
        f"select name from ({_REACHED}) as reached where relkind in ('r', 'p') and not exists (select 1 from"
        " pg_policy where polrelid = reached.oid)"
    ),
    "a view that does not ask as its reader": (
        f"""
        select name from ({_REACHED}) as reached
        where relkind = 'v' and not coalesce(reloptions @> '{{security_invoker=true}}' or reloptions @> '{{security_invoker=on}}', false)
    """
    ),
    "a materialised view or foreign table": (
        f"select name from ({_REACHED}) as reached where relkind in ('m', 'f')"
    ),
    "granted to everyone": (
        """
        select schema.nspname || '.' || relation.relname
        from pg_class as relation inner join pg_namespace as schema on schema.oid = relation.relnamespace
        where schema.nspname = any(%(schemas)s) and (
            exists (select 1 from aclexplode(relation.relacl) as given where given.grantee = 0)
            or exists (select 1 from pg_attribute as one cross join aclexplode(one.attacl) as given where one.attrelid = relation.oid and given.grantee = 0)
        )
        union all
        select schema.nspname from pg_namespace as schema
        where schema.nspname = any(%(schemas)s) and exists (select 1 from aclexplode(schema.nspacl) as given where given.grantee = 0)
    """
    ),
    "a definer function without a search path or open to everyone": (
        """
        select schema.nspname || '.' || function.proname
        from pg_proc as function inner join pg_namespace as schema on schema.oid = function.pronamespace
        where schema.nspname = any(%(schemas)s) and function.prosecdef and (
            not exists (select 1 from unnest(function.proconfig) as setting where setting like 'search_path=%%')
            or exists (select 1 from aclexplode(coalesce(function.proacl, acldefault('f', function.proowner))) as given where given.grantee = 0)
        )
    """
    ),
    "a role that stands above the policies": (
        f"select rolname::text from pg_roles where rolname in {_OURS} and (rolsuper or rolbypassrls or"
        " rolcreaterole or rolcreatedb)"
    ),
    "a login that inherits": f"select rolname::text from pg_roles where rolname = '{LOGIN}' and rolinherit",
    "a policy that asks once per row": (
        f"""
        select name || ' ' || policy.polname from ({_REACHED}) as reached inner join pg_policy as policy on policy.polrelid = reached.oid
        cross join lateral pg_get_expr(policy.polqual, policy.polrelid) as condition
        where (select count(*) from regexp_matches(condition, 'authz\\.\\w+\\(', 'g')) > (select count(*) from regexp_matches(condition, 'SELECT authz\\.\\w+\\(', 'g'))
    """
    ),
}
"""What must find nothing, by what is wrong. Each selects the names of what it finds."""


def lint(connection: psycopg.Connection) -> list[str]:
    """Everything in the database that would let someone past the policies, in words; empty where all is
    well."""
    asked = {"schemas": list(SCHEMAS), "reader_schemas": list(READER_SCHEMAS)}
    return [
        f"{row[0]}: {wrong}"
        for wrong, query in LINTS.items()
        for row in connection.execute(query, asked).fetchall()
    ]
