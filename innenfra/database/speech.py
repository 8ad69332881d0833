"""Functions of the database that write quotes: the only way in, also for the app.

Belongs here: who may propose, release, clear and withdraw, and what a quote must be. `access.apply` makes
them.
Does not belong here: the tables and what holds for every row (`innenfra/contracts/quotes.py`), the command
(`innenfra/quotes.py`).

Each asks who speaks (`app.subject`) and raises a code as its message; `innenfra/quotes.py` has the words.
"""

from __future__ import annotations

ROUND = "concat_ws('/', file_id, school_id, partnership_id, loop_no, round_no)"
"""A log round of one file, of an answer, a quote or the round itself."""

PROPOSE_SIGNATURE = "propose_quote(answer_id bigint, said_by text, quoted text, in_other_words boolean)"
PROPOSE = f"""
declare
    asking text := nullif(current_setting('app.subject', true), '');
    one restricted.log_text;
    policy authz.access_policy;
    submitted int;
    made bigint;
begin
    if not authz.acts_as('coder') then
        raise insufficient_privilege using message = 'not_a_coder';
    end if;
    select * into policy from authz.access_policy order by policy_version desc limit 1;
    select * into one from restricted.log_text where text_id = answer_id and school_id = any(authz.visible_schools()) and {ROUND} = any(authz.readable_rounds());
    if not found then
        raise no_data_found using message = 'no_such_answer';
    end if;
    select min(submitted_n) into submitted from landed.log_round
    where file_id = one.file_id and school_id = one.school_id and partnership_id = one.partnership_id and loop_no = one.loop_no and round_no = one.round_no;
    if not in_other_words and (submitted < policy.verbatim_min_submissions or one.is_flagged) then
        raise check_violation using message = 'must_be_paraphrase';
    end if;
    if in_other_words = (position(lower(btrim(quoted)) in lower(one.answer)) > 0) then
        raise check_violation using message = case when in_other_words then 'not_a_paraphrase' else 'not_in_the_answer' end;
    end if;
    insert into restricted.quote (school_id, partnership_id, loop_no, round_no, file_id, speaker, words, is_paraphrase, proposed_by)
    values (one.school_id, one.partnership_id, one.loop_no, one.round_no, one.file_id, said_by, btrim(quoted), in_other_words, asking)
    returning quote_id into made;
    return made;
end
"""

RELEASE_SIGNATURE = "release_quote(which bigint)"
RELEASE = f"""
declare
    one restricted.quote;
begin
    if not authz.acts_as('coder') then
        raise insufficient_privilege using message = 'not_a_coder';
    end if;
    update restricted.quote set released_by = nullif(current_setting('app.subject', true), ''), released_at = now()
    where quote_id = which and released_at is null and withdrawn_at is null and school_id = any(authz.visible_schools()) and {ROUND} = any(authz.readable_rounds())
    returning * into one;
    if not found then
        raise no_data_found using message = 'no_such_quote';
    end if;
    insert into published.quote (quote_id, school_id, partnership_id, loop_no, speaker, words, is_paraphrase, released_at)
    values (one.quote_id, one.school_id, one.partnership_id, one.loop_no, one.speaker, one.words, one.is_paraphrase, one.released_at);
end
"""

WITHDRAW_SIGNATURE = "withdraw_quote(which bigint)"
WITHDRAW = """
begin
    if not authz.acts_as('coder') then
        raise insufficient_privilege using message = 'not_a_coder';
    end if;
    update restricted.quote set words = null, withdrawn_by = nullif(current_setting('app.subject', true), ''), withdrawn_at = now()
    where quote_id = which and withdrawn_at is null and school_id = any(authz.visible_schools());
    if not found then
        raise no_data_found using message = 'no_such_quote';
    end if;
    delete from published.quote where quote_id = which;
end
"""

ANSWER_SIGNATURE = "answer_quote(which bigint, may_be_shown boolean)"
ANSWER = """
declare
    asking text := nullif(current_setting('app.subject', true), '');
begin
    if not exists (
        select 1 from authz.role_grant as given inner join authz.person as person using (subject)
        inner join restricted.quote as quote on quote.quote_id = which and quote.school_id = given.scope_id
        where person.active and given.subject = asking and given.role = 'school'
            and given.valid_from <= current_date and (given.valid_to is null or given.valid_to > current_date)
    ) then
        raise insufficient_privilege using message = 'not_the_school';
    end if;
    if may_be_shown then
        update restricted.quote set cleared_by = asking, cleared_at = now() where quote_id = which and released_at is not null and withdrawn_at is null;
    else
        update restricted.quote set words = null, withdrawn_by = asking, withdrawn_at = now() where quote_id = which and withdrawn_at is null;
    end if;
    if not found then
        raise no_data_found using message = 'no_such_quote';
    end if;
    if may_be_shown then
        update published.quote set cleared_at = now() where quote_id = which;
    else
        delete from published.quote where quote_id = which;
    end if;
end
"""
