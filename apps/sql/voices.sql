-- Answers as of the release (a school's own as they stand), then comments; the newest first.
select
    school_id,
    indicator_id,
    period_type,
    period,
    release_id,
    seen_on as said_on,
    answer,
    comment,
    member_check_id as number
from published.seen_answer
union all
select school_id, indicator_id, period_type, period, release_id, seen_on, answer, comment, member_check_id
from published.member_check
where answer = 'no_response' and %(own)s
union all
select school_id, indicator_id, period_type, period, release_id, written_at, null, comment, 0
from dialogue.comment
order by number desc, said_on desc nulls last
