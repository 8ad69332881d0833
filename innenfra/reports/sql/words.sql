-- The newest own words for each section of one report.
select section, words, by_role
from
    (
        select distinct on (section) section, words, by_role
        from dialogue.report_words
        where kind = %(kind)s and unit_id = %(unit)s and period = %(period)s
        order by section, words_id desc
    ) as newest
where words <> ''
