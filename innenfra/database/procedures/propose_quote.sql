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
    select * into one from restricted.log_text
    where text_id = answer_id and school_id = any(authz.visible_schools())
        and {{ log_round }} = any(authz.readable_rounds());
    if not found then
        raise no_data_found using message = 'no_such_answer';
    end if;
    select min(submitted_n) into submitted from landed.log_round
    where file_id = one.file_id and school_id = one.school_id and partnership_id = one.partnership_id
        and loop_no = one.loop_no and round_no = one.round_no;
    if not in_other_words and (submitted < policy.verbatim_min_submissions or one.is_flagged) then
        raise check_violation using message = 'must_be_paraphrase';
    end if;
    if in_other_words = (position(lower(btrim(quoted)) in lower(one.answer)) > 0) then
        raise check_violation
            using message = case when in_other_words then 'not_a_paraphrase' else 'not_in_the_answer' end;
    end if;
    insert into restricted.quote (
        school_id, partnership_id, loop_no, round_no, file_id, speaker, words, is_paraphrase, proposed_by
    )
    values (
        one.school_id, one.partnership_id, one.loop_no, one.round_no, one.file_id, said_by, btrim(quoted),
        in_other_words, asking
    )
    returning quote_id into made;
    return made;
end
