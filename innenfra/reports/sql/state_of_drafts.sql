-- What drafts rest on: the release, the newest own words, and the newest school year with values.
select
    (select max(release_id) from published.release where state = 'published') as release_id,
    (select coalesce(max(words_id), 0) from dialogue.report_words) as words_id,
    max(period) as school_year
from published.indicator_value
where period_type = 'school_year' and school_id is not null
having max(period) is not null
